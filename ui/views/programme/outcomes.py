"""Outcomes: how many placements were completed and how many objectives met, every figure with its n."""

import csv
import io
from collections.abc import Sequence
from dataclasses import fields

import streamlit as st

from programme import outcomes
from programme.actors import Actor
from programme.outcomes import OutcomeRow, OutcomeSummary
from ui import layout
from ui.actions import read
from ui.charts import Bar, bar_chart, show_table
from ui.choices import choices
from ui.words import count_words, percent_words

TABLES = (
    ("mission", "By mission"),
    ("direction", "By direction"),
    ("level", "By level"),
    ("region", "By region"),
    ("income_band", "By the charity’s income"),
)
TOO_FEW = "Too few to report"
COLUMNS = tuple(field.name for field in fields(OutcomeRow))


def render(actor: Actor) -> None:
    """The programme as a whole, then each breakdown as two charts with their table."""
    summary = read(outcomes.summary)
    layout.page_heading("Outcomes")
    layout.paragraph(
        f"Every figure says how many it is of (n). Counts are rounded to the nearest {summary.control.round_to}. Those "
        f"under {summary.control.threshold}, and others from which they could be worked out, are not reported, so that "
        "nobody can be recognised."
    )
    layout.section_heading("The programme as a whole")
    layout.summary_list(
        ("Completed, of those that ended" if name == "Completed" else name, figure)
        for name, figure in _cells(summary.total).items()
    )
    if summary.total.weak:
        layout.warning(
            f"Fewer than {summary.weak_pct:.0f}% of surveys were answered. Read these figures with care."
        )
    for kind, title in TABLES:
        rows = summary.tables.get(kind, ())
        if rows:
            layout.section_heading(title)
            _breakdown(kind, title, rows)
    st.download_button(
        "Download these figures (CSV)", _as_csv(summary), file_name="outcomes.csv", mime="text/csv",
        on_click="ignore",
    )  # fmt: skip


def _breakdown(kind: str, title: str, rows: Sequence[OutcomeRow]) -> None:
    completed = [
        Bar(_short(row.label), row.completion_pct, percent_words(row.completion_pct, row.ended), 100)
        for row in rows
        if row.completion_pct is not None
    ]
    met = [
        Bar(
            _short(row.label),
            row.objectives_met_pct,
            percent_words(row.objectives_met_pct, row.objectives_n),
            100,
        )
        for row in rows
        if row.objectives_met_pct is not None
    ]
    for name, bars in (("Completed, of those that ended", completed), ("Objectives met", met)):
        layout.sub_heading(name)
        if bars:
            bar_chart(bars, key=f"{kind}-{name}", alt_text=f"{name}, {title.lower()}")
        else:
            layout.paragraph("Too few to report.")
    few = sum(1 for row in rows if row.suppressed)
    if few:
        layout.paragraph(
            f"{count_words(few, 'group is', 'groups are')} too small to report, and only in the table."
        )
    with st.expander(f"{title}: the figures as a table"):
        show_table([{"Group": row.label, **_cells(row)} for row in rows], alt_text=title)


def _short(name: str) -> str:
    """A mission's short name, which fits beside a bar; any other name as it is."""
    return dict(zip(choices("mission_name").values(), choices("mission").values(), strict=True)).get(
        name, name
    )


def _cells(row: OutcomeRow) -> dict[str, object]:
    return {
        "Placements": TOO_FEW if row.n is None else f"{row.n:,}",
        "Completed": _rate(row.completion_pct, row.ended),
        "Objectives met": _rate(row.objectives_met_pct, row.objectives_n),
        "Surveys answered": _rate(row.response_pct, row.responses_asked) + (" (weak)" if row.weak else ""),
    }


def _rate(percent: float | None, of: int | None) -> str:
    return TOO_FEW if percent is None else percent_words(percent, of)


def _as_csv(summary: OutcomeSummary) -> str:
    out = io.StringIO()
    writer = csv.writer(out)
    writer.writerow(("breakdown", *COLUMNS))
    for kind, rows in {"programme": (summary.total,), **summary.tables}.items():
        writer.writerows((kind, *(getattr(row, column) for column in COLUMNS)) for row in rows)
    return out.getvalue()
