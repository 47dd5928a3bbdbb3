"""Who may do what: the permission table that every decision is checked against."""

from programme import permission_guide
from programme.actors import Actor
from ui import layout
from ui.charts import show_table


def render(actor: Actor) -> None:
    """The whole table, for anybody."""
    layout.page_heading("Who may do what")
    layout.paragraph(
        "Every reading and every decision is checked against this table, whichever way it is asked for. "
        "Roles are given for one organisation or for the whole programme."
    )
    layout.paragraph(
        "A party belongs to the home or the host organisation, or is the person or their line manager. "
        "Nobody decides about themselves, and the database refuses an approval by a party as well."
    )
    for title, lines in permission_guide.sections():
        layout.section_heading(title)
        rows = [{"What": line.what, "Who": line.who, "To which records": line.records} for line in lines]
        show_table(rows, alt_text=f"Who may do what: {title.lower()}")
