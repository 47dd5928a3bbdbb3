"""The accessibility statement: what was tested, what is known to fall short, and how to report a problem."""

from programme.actors import Actor
from programme.pages import SERVICE_NAME
from ui import layout

PREPARED = "22 November 2026"
ABLE = (
    "use every page with a keyboard only",
    "see where the keyboard focus is, on every link, button and field",
    "zoom in up to 400% without scrolling sideways",
    "read every chart as a table or a sentence",
    "use a screen reader: pages have one main heading, labelled fields and announced results",
)
KNOWN = (
    "When you follow a link in the top navigation, the page’s title changes but the focus stays on the "
    "link, so a screen reader may not say that the page is new. Links inside pages load the page anew.",
    "The error summary at the top of a form names each problem but cannot link to its field.",
    "The list that a choice field opens is outside the page’s landmarks.",
    "One automatic checker (IBM Equal Access) reports fields whose visible label it cannot find. We read the "
    "names that browsers give to screen readers, and they are there.",
    "Other people’s documents and sites that we link to may not be accessible.",
)
NOT_TESTED = (
    "We have not yet tested with NVDA, JAWS, VoiceOver or other screen readers.",
    "We have not yet tested with people who have access needs.",
    "We have tested in Chromium only, not in Firefox or Safari.",
)


def render(actor: Actor) -> None:
    """Show the statement to anybody."""
    layout.page_heading("Accessibility statement")
    layout.paragraph(f"This statement is about the {SERVICE_NAME} service. It was prepared on {PREPARED}.")
    layout.paragraph("We want as many people as possible to be able to use it. You should be able to:")
    layout.bullets(ABLE)
    layout.section_heading("How accessible it is")
    layout.paragraph(
        "This service is partially compliant with the Web Content Accessibility Guidelines version 2.2, "
        "level AA, because of the issues below. This is our own finding: nobody independent has audited it."
    )
    layout.section_heading("What we know falls short")
    layout.bullets(KNOWN)
    layout.section_heading("What we have not tested")
    layout.bullets(NOT_TESTED)
    layout.section_heading("How we test")
    layout.paragraph(
        "An automatic checker (axe) runs on our pages whenever the service is changed. We also check that "
        "the focus can be seen. Automatic checks find only some problems."
    )
    layout.section_heading("Tell us about a problem")
    layout.paragraph(
        "If you cannot use a part of this service, or need it in another form, tell the programme team at "
        "your organisation. If you are not happy with the answer, the Equality Advisory and Support Service "
        "advises on your rights."
    )
    layout.external_link("https://www.equalityadvisoryservice.com/", "Equality Advisory and Support Service")
