"""A real browser on a real service: the demonstration programme on a port of its own."""

import os
import shutil
import socket
import subprocess
import sys
import tempfile
import time
import urllib.request
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import axe_playwright_python
import pytest
from playwright.sync_api import Browser, Page, expect, sync_playwright

ROOT = Path(__file__).resolve().parents[2]
AXE = Path(axe_playwright_python.__file__).with_name("axe.min.js").read_text(encoding="utf-8")
CHROMIUM_NAMES = ("chromium", "chromium-browser", "google-chrome")
PATIENCE = 30_000
SETTLED = "[data-testid=stApp][data-test-script-state=notRunning][data-test-connection-state=CONNECTED]"


@dataclass
class Service:
    """The running service and the store beneath it."""

    address: str
    environment: dict[str, str]

    def command(self, *words: str) -> subprocess.CompletedProcess[str]:
        """Run a ``secondments`` command on the same store."""
        return subprocess.run(
            [sys.executable, "-m", "cli.main", *words],
            cwd=ROOT,
            env=self.environment,
            capture_output=True,
            text=True,
            check=True,
        )


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port


@pytest.fixture(scope="session")
def service() -> Iterator[Service]:
    """The service in demonstration mode, with the demonstration programme loaded, started once."""
    with tempfile.TemporaryDirectory(prefix="secondments-") as folder:
        yield from _serve(Path(folder))


def _serve(data: Path) -> Iterator[Service]:
    port = _free_port()
    environment = os.environ | {
        "SECONDMENTS_DATA": str(data),
        "SECONDMENTS_PORT": str(port),
        "SECONDMENTS_DEMO": "true",
        "PYTHONPATH": str(ROOT),
    }
    log = (data / "service.log").open("w")
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "up"], cwd=ROOT, env=environment, stdout=log, stderr=log
    )
    address = f"http://localhost:{port}"
    try:
        _wait_until_healthy(address, process, data / "service.log")
        yield Service(address, environment)
    finally:
        process.terminate()
        process.wait(timeout=20)
        log.close()


def _wait_until_healthy(address: str, process: subprocess.Popen[bytes], log: Path) -> None:
    deadline = time.monotonic() + 120
    while time.monotonic() < deadline:
        if process.poll() is not None:
            break
        try:
            with urllib.request.urlopen(f"{address}/healthz", timeout=5) as answer:
                if answer.status == 200:
                    return
        except OSError:
            time.sleep(0.3)
    raise RuntimeError(f"The service did not start:\n{log.read_text()}")


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    """The system's Chromium."""
    found = next((path for name in CHROMIUM_NAMES if (path := shutil.which(name))), None)
    assert found, "There is no Chromium. Run .ci/chromium, which installs it."
    with sync_playwright() as playwright:
        chromium = playwright.chromium.launch(
            executable_path=found,
            args=["--no-sandbox", "--disable-gpu", "--disable-background-networking", "--no-first-run"],
        )
        yield chromium
        chromium.close()


@dataclass
class Person:
    """Somebody with a browser of their own, who looks at pages and is checked for barriers on each."""

    page: Page
    address: str
    barriers: dict[str, list[str]] = field(default_factory=dict)

    def settle(self) -> None:
        """Wait until the page has stopped changing."""
        self.page.wait_for_selector(SETTLED, timeout=PATIENCE)
        self.page.wait_for_timeout(150)
        self.page.wait_for_selector(SETTLED, timeout=PATIENCE)

    def visit(self, path: str) -> None:
        """Open a page by its address and check it for barriers."""
        self.page.goto(f"{self.address}{path}")
        self.arrive()

    def arrive(self) -> None:
        """Wait for the page that a link opened and check it for barriers."""
        self.settle()
        expect(self.page.locator("h1").first).to_be_visible(timeout=PATIENCE)
        self.check()

    def check(self) -> None:
        """Run axe on what is shown now; critical and serious violations of WCAG are kept for the end."""
        self.page.evaluate(AXE)
        found: dict[str, Any] = self.page.evaluate(
            "axe.run(document, {runOnly: ['wcag2a', 'wcag2aa', 'wcag21a', 'wcag21aa', 'wcag22aa']})"
        )
        bad = [
            f"{violation['id']}: {node['target']} {node['html'][:160]}"
            for violation in found["violations"]
            if violation["impact"] in ("critical", "serious")
            for node in violation["nodes"]
        ]
        if bad:
            self.barriers.setdefault(self.page.url, []).extend(bad)

    def follow(self, name: str) -> None:
        """Follow the link with exactly this name and wait for its page."""
        self.page.get_by_role("link", name=name, exact=True).first.click()
        self.arrive()

    def press(self, name: str) -> None:
        """Press the button with this name and wait until the page has settled."""
        self.page.get_by_role("button", name=name, exact=True).first.click()
        self.settle()

    def fill(self, label: str, text: str) -> None:
        """Type into the field with this label."""
        box = self.page.get_by_label(label, exact=True).first
        box.fill(text)
        box.press("Tab")
        self.settle()

    def choose(self, label: str, option: str) -> None:
        """Choose an option of the select with this label."""
        self.page.get_by_label(label, exact=True).first.click()
        self.page.get_by_role("option", name=option, exact=True).first.click()
        self.settle()

    def sees(self, text: str) -> None:
        """Fail unless the page shows this text."""
        expect(self.page.get_by_text(text).first).to_be_visible(timeout=PATIENCE)

    def sees_no(self, text: str) -> None:
        """Fail when the page shows this text anywhere."""
        self.settle()
        assert text not in self.page.locator("body").inner_text()


SignIn = Callable[..., Person]


@pytest.fixture
def sign_in(service: Service, browser: Browser) -> Iterator[SignIn]:
    """Sign in as an invented person by their button, in a browser context of their own.

    At the end of the test no page that anybody visited may have shown a barrier.
    """
    people: list[Person] = []

    def enter(name: str | None = None, width: int = 1280, height: int = 900) -> Person:
        context = browser.new_context(
            viewport={"width": width, "height": height}, bypass_csp=True, locale="en-GB"
        )
        context.set_default_timeout(PATIENCE)
        person = Person(context.new_page(), service.address)
        people.append(person)
        if name is not None:
            person.page.goto(f"{service.address}/sign-in")
            person.check()
            person.page.get_by_role("button", name=name).first.click()
            person.page.wait_for_url(lambda url: "/sign-in" not in url)
            person.arrive()
        return person

    yield enter
    barriers = {url: found for person in people for url, found in person.barriers.items()}
    for person in people:
        person.page.context.close()
    assert barriers == {}
