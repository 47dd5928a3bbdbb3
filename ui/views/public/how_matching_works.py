"""How matching works: what is read, what is never read, the parts and their points, and who decides."""

from programme import encoding, reference, store
from programme.actors import Actor
from ui import layout, words
from ui.charts import Bar, bar_chart_with_table

READ = (
    "the missions you care about, and those the placement serves",
    "the skills you have, the skills you want to learn, and the skills the placement needs and teaches",
    "your level, worked out from your grade or role, and the levels the placement is for",
    "your own words about yourself, and the host’s words about the placement",
    "regions, remote work, days a week, length and dates",
)
NEVER_READ = (
    "your name, age, sex, ethnicity, nationality or any answer to an equality question",
    "your school or university",
    "your salary, or whether your organisation can pay",
    "what your organisation campaigns for, or has said about government",
)
RULES = (
    "Some rules decide whether you can go at all, such as dates, vetting or the end of your contract. "
    "They are kept apart from the score. Each says why not, and what would change it."
)


def render(actor: Actor) -> None:
    """Explain the score to anybody, from the settings that are in force today."""
    layout.page_heading("How matching works")
    layout.paragraph(
        "We give each pair of a person and a placement a score from 0 to 100 and list the highest first. "
        "The score only puts a list in order. People decide."
    )
    layout.section_heading("What the score reads")
    layout.bullets(READ)
    layout.section_heading("What it never reads")
    layout.bullets(NEVER_READ)
    _parts()
    layout.section_heading("No cut-off")
    layout.paragraph("No score is too low to be shown. Everybody who can go is in the list.")
    layout.paragraph(RULES)
    _who_decides()


def _parts() -> None:
    with store.reading() as session:
        weights = encoding.current_weights(session)
    layout.section_heading("The parts of the score")
    layout.paragraph("The score is the sum of six parts. This is the most that each can give:")
    bars = [Bar(name, weights.points(part), f"{words.points_words(weights.points(part))} points")
            for part, name in words.LABELS["part"].items()]  # fmt: skip
    bar_chart_with_table(bars, key="weights", alt_text="Most points of each part of the score",
                         columns=("Part", "Most points"))  # fmt: skip
    layout.summary_list(
        (name, words.label("part_meaning", part)) for part, name in words.LABELS["part"].items()
    )
    layout.paragraph(
        "Where you or the host have said nothing about a part, it counts half way, so that silence neither "
        "helps nor harms. The same data and settings always give the same score. "
        f"These settings are version {weights.version}."
    )


def _who_decides() -> None:
    with store.reading() as session:
        months = int(reference.rule_number(session, "contest.months"))
    layout.section_heading("Who decides")
    layout.paragraph(
        "You decide whether to apply. Your line manager decides about release. The host reads every "
        "application before it sees a name, and chooses. A programme manager approves each match, one by "
        "one, with a reason."
    )
    layout.link("who-may-do-what", "Who may do what")
    layout.section_heading("If you think a score is wrong")
    layout.paragraph(
        "Open the placement and read what each part counted. If it counted something wrong, change your "
        "profile and the score changes at once. If you still disagree, tell the programme team: a person "
        f"looks at it and answers within {words.count_words(months, 'month')}."
    )
