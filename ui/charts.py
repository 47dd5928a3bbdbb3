"""Pictures of numbers: bars with their values written on them, a text alternative, and the table beside them.

Streamlit's own chart colours do not reach the contrast that WCAG 2.2 AA asks for, so no theme is used and
every colour is set here.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import altair as alt
import pandas as pd
import streamlit as st

from ui.layout import plain
from ui.words import label, points_words

INK = "#0b0c0c"
BLUE = "#12436D"
TRACK = "#f3f2f1"
EDGE = "#505a5f"
FONT = "arial, Helvetica, sans-serif"
ROW_HEIGHT = 24
AROUND = 20  # what is left empty above and below the bars


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: its name, its value, the most it could be (or None) and the words written beside it."""

    name: str
    value: float
    words: str
    most: float | None = None


def parts_chart(parts: Mapping[str, float], out_of: Mapping[str, float], *, key: str, whose: str) -> None:
    """The parts of a score as bars inside what each could give, and what they say for those who cannot see.

    ``whose`` names what is scored, such as an offer's title; ``key`` is unique on the page.
    """
    bars = [
        Bar(
            label("part", name),
            points,
            f"{points_words(points)} of {points_words(out_of[name])}",
            out_of[name],
        )
        for name, points in parts.items()
    ]
    bar_chart(bars, key=key, alt_text=f"Parts of the score for {whose}")


def bar_chart(bars: Sequence[Bar], *, key: str, alt_text: str) -> None:
    """Horizontal bars in the order given. ``alt_text`` says what they are of; the values are added to it."""
    spoken = f"{alt_text}: " + "; ".join(f"{bar.name} {bar.words}" for bar in bars) + "."
    st.altair_chart(_drawing(bars), theme=None, key=key, alt=spoken, width="stretch")


def bar_chart_with_table(
    bars: Sequence[Bar],
    *,
    key: str,
    alt_text: str,
    columns: tuple[str, str],
    table_title: str = "Show as a table",
) -> None:
    """Bars, and the same numbers as a table in an expander. ``columns`` heads the names and the values."""
    bar_chart(bars, key=key, alt_text=alt_text)
    with st.expander(table_title):
        show_table([{columns[0]: bar.name, columns[1]: bar.words} for bar in bars], alt_text=alt_text)


def show_table(rows: Sequence[Mapping[str, object]], *, alt_text: str) -> None:
    """A table of a few short columns. Every cell is shown as typed, never as Markdown."""
    cells = [{plain(name): plain(str(value)) for name, value in row.items()} for row in rows]
    st.table(pd.DataFrame(cells), hide_index=True, border="horizontal", alt=alt_text)


def _drawing(bars: Sequence[Bar]) -> alt.LayerChart:
    rows = pd.DataFrame(
        {
            "name": [bar.name for bar in bars],
            "value": [float(bar.value) for bar in bars],
            "most": [float(bar.value if bar.most is None else bar.most) for bar in bars],
            "words": [bar.words for bar in bars],
        }
    )
    widest = max([1e-9, *rows["most"]])
    scale = alt.Scale(domain=[0, widest * 1.5], nice=False)
    base = alt.Chart(rows).encode(y=alt.Y("name:N", sort=None, title=None))
    track = base.mark_bar(color=TRACK, stroke=EDGE, strokeWidth=1, height=16, aria=False).encode(
        x=alt.X("most:Q", scale=scale, axis=None)
    )
    filled = base.mark_bar(color=BLUE, height=16).encode(
        x=alt.X("value:Q", scale=scale, axis=None),
        tooltip=[alt.Tooltip("name:N", title="Part"), alt.Tooltip("words:N", title="Value")],
        description="words:N",
    )
    text = base.mark_text(align="left", dx=6, color=INK, font=FONT, fontSize=14, aria=False).encode(
        x=alt.X("most:Q", scale=scale, axis=None), text="words:N"
    )
    drawing: alt.LayerChart = (
        alt.layer(track, filled, text)
        .properties(height=AROUND + ROW_HEIGHT * max(len(bars), 1), background="transparent")
        .configure_axis(labelColor=INK, titleColor=INK, labelFont=FONT, labelFontSize=14, labelLimit=260,
                        domain=False, ticks=False, labelPadding=8)
        .configure_view(stroke=None)
    )  # fmt: skip
    return drawing
