"""The six headings of the business case, as the gov.uk guidance on secondments asks for them."""

from ui import layout

HEADINGS: tuple[tuple[str, str], ...] = (
    ("case_skills", "Skills to gain"),
    ("case_plan", "Fit with the development plan"),
    ("case_kind", "The sort of secondment"),
    ("case_home", "What the home organisation gains"),
    ("case_host", "What the host gains"),
    ("case_choice", "Why this host"),
)


def business_case(case: object) -> None:
    """Each heading with what was written under it, in an application or in what a host may see of one."""
    for field, title in HEADINGS:
        layout.sub_heading(title)
        layout.user_text(getattr(case, field) or "Not given")
