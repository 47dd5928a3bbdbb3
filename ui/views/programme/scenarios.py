"""What each method of assignment would achieve, side by side, before anything is stored."""

from collections.abc import Iterable

from programme.round_records import Scenario
from ui import charts, layout
from ui.words import count_words, label, percent_words, points_words


def side_by_side(found: Iterable[Scenario]) -> None:
    """A row a fact and a column a method."""
    columns = {label("round_method", each.method): _facts(each) for each in found}
    names = next(iter(columns.values()))
    layout.section_heading("The methods side by side")
    charts.show_table(
        [{"What": name, **{method: facts[name] for method, facts in columns.items()}} for name in names],
        alt_text="What each method would achieve with these settings",
    )
    layout.paragraph("Nothing has been stored. Choose a method and run the round to keep its proposals.")


def _facts(scenario: Scenario) -> dict[str, str]:
    it = scenario.certificate
    price = it.price_of_stability
    return {
        "People with a place": f"{it.matched:,}",
        "People without": f"{it.unmatched:,}",
        "Mean score": "None" if it.mean is None else points_words(it.mean),
        "Lowest score": "None" if it.worst is None else points_words(it.worst),
        "First on the person’s list": f"{it.applicant_ranks.first[0]:,}",
        "Among the person’s first three": f"{sum(it.applicant_ranks.first[:3]):,}",
        "First on the host’s list": f"{it.host_ranks.first[0]:,}",
        "Pairs that would rather swap": f"{it.blocking_pairs:,}",
        "People in one of them": f"{it.applicants_blocking:,}",
        "Total score given up": "Unknown" if price is None else percent_words(100 * price),
        "Against the stable one": _change(scenario),
        **{
            group_name(group.name): f"{group.placed:,} ({percent_words(100 * group.share)})"
            for group in it.groups
        },
    }


def group_name(name: str) -> str:
    """A group in words: a direction has its own label, the others are named in words already."""
    return f"Direction: {label('direction', name)}" if name in ("outward", "inward") else name


def _change(scenario: Scenario) -> str:
    if not scenario.people_gain and not scenario.people_lose:
        return "The same for everybody"
    gain = count_words(scenario.people_gain, "person gains", "people gain")
    return f"{gain}, {count_words(scenario.people_lose, 'person loses', 'people lose')}"
