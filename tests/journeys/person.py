"""Somebody with a browser of their own, who finds things by the names that a screen reader would say.

Every page they arrive at is checked by axe; what it finds is kept, and the fixture ``sign_in`` fails on it.
"""

import re
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import Any

import axe_playwright_python
from playwright.sync_api import Locator, Page, expect

from programme.pages import PAGES

AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
STANDARDS = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]
RUN = {"runOnly": STANDARDS, "resultTypes": ["violations"], "preload": False}
PATIENCE = 30_000
TRIES = 5
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"
Where = Page | Locator


@dataclass
class Person:
    """A browser, the service's address, and what stood in the way of people on the pages visited."""

    page: Page
    address: str
    barriers: dict[str, list[str]] = field(default_factory=dict)
    visited: list[str] = field(default_factory=list)

    def settle(self) -> None:
        """Wait until the page has stopped changing."""
        self.page.wait_for_selector(SETTLED, timeout=PATIENCE)
        self.page.wait_for_timeout(150)
        self.page.wait_for_selector(SETTLED, timeout=PATIENCE)

    def visit(self, path: str) -> None:
        """Open a page by its address and check it for barriers."""
        self.page.goto(f"{self.address}{path}")
        self.arrive()

    def enter_as(self, name: str) -> None:
        """Press the button of an invented person on the sign-in page, and wait for the page it leads to."""
        self.page.get_by_role("button", name=name).click()
        self.page.wait_for_url(lambda url: "/sign-in" not in url)
        self.arrive()

    def reload(self) -> None:
        """Load the page again, as a refresh does."""
        self.page.reload()
        self.arrive()

    def arrive(self) -> None:
        """Wait for the page that was opened and check it for barriers."""
        self.settle()
        expect(self.page.get_by_role("heading", level=1)).to_be_visible(timeout=PATIENCE)
        self.check()

    def check(self) -> None:
        """Run axe on what is shown now; critical and serious violations of WCAG are kept for the end."""
        self.visited.append(self.page.url)
        if not self.page.evaluate("'axe' in window"):
            self.page.evaluate(AXE)
        found: dict[str, Any] = self.page.evaluate("run => axe.run(document, run)", RUN)
        bad = [
            f"{violation['id']}: {node['target']} {node['html'][:160]}"
            for violation in found["violations"]
            if violation["impact"] in ("critical", "serious")
            for node in violation["nodes"]
        ]
        if bad:
            self.barriers.setdefault(self.page.url, []).extend(bad)

    def link(self, name: str) -> Locator:
        """The link with exactly this name in the page itself, not in the navigation above it."""
        return self.page.get_by_role("main").get_by_role("link", name=name, exact=True).first

    def follow(self, name: str) -> None:
        """Follow the link with exactly this name and wait for its page."""
        link = self.link(name)
        address = link.get_attribute("href") or ""
        link.click()
        self.page.wait_for_url(f"**{address}")
        self.arrive()

    def go(self, name: str) -> None:
        """Open a page from the navigation at the top; one that stands behind "more" by its address."""
        link = self.page.get_by_role("navigation", name="App pages").get_by_role(
            "link", name=name, exact=True
        )
        if not link.is_visible():
            self.visit(next(page.address for page in PAGES if page.title == name))
            return
        link.click()
        expect(self.page.get_by_role("heading", level=1)).to_be_visible()
        self.arrive()

    def press(self, name: str, *, within: Where | None = None) -> None:
        """Press the button with this name, wait until the page has settled, and check what it shows now."""
        (within or self.page).get_by_role("button", name=name, exact=True).click()
        self.settle()
        self.check()

    def unfold(self, name: str) -> Locator:
        """Open the folded part with this name and give it back, to act within it."""
        part = self.page.get_by_role("group").filter(has=self.page.get_by_text(name, exact=True))
        if part.evaluate("part => !part.open"):
            part.get_by_text(name, exact=True).first.click()
            self.settle()
        return part

    def field(self, label: str, *, within: Where | None = None) -> Locator:
        """The field whose label begins with these words; its hint may follow."""
        called = re.compile(rf"^{re.escape(label)}(\s|$)")
        place = within or self.page
        kinds = ("textbox", "searchbox", "spinbutton", "combobox")
        first, *others = (place.get_by_role(kind, name=called) for kind in kinds)  # type: ignore[arg-type]
        for other in others:
            first = first.or_(other)
        return first

    def fill(self, label: str, text: str, *, within: Where | None = None) -> None:
        """Type into the field with this label and leave it."""
        box = self.field(label, within=within)
        box.fill(text)
        box.press("Tab")
        self.settle()

    def choose(self, label: str, option: str | re.Pattern[str], *, within: Where | None = None) -> None:
        """Choose an option of the list with this label."""
        self.pull_down(self.field(label, within=within), option)

    def pull_down(self, box: Locator, option: str | re.Pattern[str], *, typed: str = "") -> None:
        """Open a list with the keyboard and choose one of its options.

        A list closes when the page behind it scrolls, as a narrow one may while it is opened; then it is opened again.
        """
        box.scroll_into_view_if_needed()
        box.focus()
        for _ in range(TRIES):
            box.press("ArrowDown")
            self.page.wait_for_timeout(100)
            if self.page.get_by_role("listbox").is_visible():
                break
        self.page.keyboard.type(typed)
        self.page.get_by_role("option", name=option, exact=True).click()
        self.settle()

    def add(self, label: str, *options: str) -> None:
        """Choose options of a list that takes several, by typing their names."""
        for option in options:
            self.pull_down(self.field(label), option, typed=option)
            self.page.keyboard.press("Escape")
            self.settle()

    def pick(self, question: str, answer: str) -> None:
        """Choose one answer of the few that this question shows."""
        called = re.compile(rf"^{re.escape(question)}(\s|$)")
        self.page.get_by_role("radiogroup", name=called).get_by_text(answer, exact=True).click()
        self.settle()

    def reads(self, text: str) -> Locator:
        """The part of the page that says this, which must be in view of a reader."""
        found = self.page.get_by_role("main").get_by_text(text).first
        expect(found).to_be_visible(timeout=PATIENCE)
        return found

    def reads_alert(self, text: str) -> None:
        """The error summary says this, and the page's title says that there is an error. It is checked too."""
        expect(self.page.get_by_role("alert").filter(has_text=text)).to_be_visible(timeout=PATIENCE)
        expect(self.page).to_have_title(re.compile("^Error: "))
        self.check()

    def is_told(self, text: str) -> None:
        """A confirmation or a count, announced to screen readers, says this."""
        expect(self.page.get_by_role("status").filter(has_text=text)).to_be_visible(timeout=PATIENCE)

    def sees_no_button(self, name: str) -> None:
        """The page offers no button with this name."""
        expect(self.page.get_by_role("button", name=name, exact=True)).to_have_count(0)

    def is_headed(self, words: str) -> None:
        """The page's one main heading says exactly this."""
        expect(self.page.get_by_role("heading", level=1)).to_have_text(words)

    def second_tab(self) -> "Person":
        """Another tab of the same browser, so signed in as the same person."""
        return replace(self, page=self.page.context.new_page())

    def never_reads(self, text: str) -> None:
        """Fail when this stands anywhere in the page, shown or folded, or in its title."""
        self.settle()
        everything = (self.page.get_by_role("main").text_content() or "") + self.page.title()
        assert text not in everything

    def facts(self) -> dict[str, str]:
        """What the page's lists of facts say, by what each fact is called."""
        page = self.page.get_by_role("main")
        terms = page.get_by_role("term").all_inner_texts()
        return dict(zip(terms, page.get_by_role("definition").all_inner_texts(), strict=True))
