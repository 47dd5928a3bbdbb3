"""How lists are moved to clear the market, and what that does, worked out when it is opened."""

import streamlit as st

from programme import list_effect
from ui import layout
from ui.actions import read
from ui.charts import show_table


@st.fragment
def list_order() -> None:
    """Say it in words; on opening, show placements to expect and offers without interest, both ways."""
    layout.paragraph(
        "Lists follow the score. People and placements that many would suit come later by so many points, the "
        "same for every reader, so that interest is spread. Nobody’s score changes, and no matching round "
        "reads this."
    )
    with st.expander("What this does to today’s lists", key="list-effect", on_change="rerun") as opened:
        if not opened.open:
            return
        found = read(list_effect.effect)
        if found is None:
            layout.paragraph("Nobody who is looking could go to an open placement today.")
            return
        columns = {"By score alone": found.by_score, "Spread": found.balanced}
        show_table(
            [
                {"What": "Placements to expect"}
                | {name: f"{reading.placements:.0f}" for name, reading in columns.items()},
                {"What": "Placements that nobody applies to"}
                | {name: f"{reading.offers_without_applications:.0f}" for name, reading in columns.items()},
            ],
            alt_text="Placements to expect and placements without applications, by the order of lists",
        )
        in_force = "spread" if found.in_force else "by score alone"
        st.caption(
            f"Today lists are {in_force}. The figures come from a simple model: people read the first ten, "
            "apply to three at most, and hosts read the first eight. They compare two orders; they forecast nothing."
        )
