"""The form that asks how to run a round."""

from dataclasses import dataclass

import streamlit as st

from programme.round_cohort import RoundSettings
from ui import forms
from ui.actions import keep_errors
from ui.views.programme.round_pairs import NotPairs, Pairs, parse_pairs

PAIRS_HINT = "One pair on each line: the person’s reference, then the offer’s, such as PER-7K3M2B OFR-4D6F8G"


@dataclass(frozen=True, slots=True)
class Asked:
    """The settings typed, and whether to compare the methods rather than run one."""

    settings: RoundSettings
    compare: bool


def settings_form() -> Asked | None:
    """The form; what was asked once a button is pressed and the pairs can be read."""
    with st.form("round", border=False, enter_to_submit=False):
        name = forms.text_field("Name of the round", "round.name", hint="Such as “Spring 2027, outward”")
        direction = forms.choice_field("Direction", "round.direction", "direction", none="Both directions")
        method = forms.choice_field(
            "Method", "round.method", "round_method",
            hint="Stable: no person and host would both rather have each other. Best total fit: the highest "
            "sum of scores. Lowest fits first: nobody is placed badly if it can be helped",
        )  # fmt: skip
        floor = forms.number_field(
            "Lowest score to propose",
            "round.floor",
            0,
            lowest=0,
            highest=100,
            step=5,
            hint="0 leaves nobody out",
        )
        share = forms.number_field(
            "Least share of placements at small charities, in %", "round.small_charity_share", 0, lowest=0,
            highest=100, step=5, hint="Kept by the best total fit. 0 asks for none",
        )  # fmt: skip
        places = forms.number_field(
            "Places of each offer that go first to people from small charities", "round.small_charity_places", 0,
            lowest=0, highest=20, hint="Kept by the stable method. Nobody’s place stays empty for it",
        )  # fmt: skip
        pins = forms.long_field("Pairs to keep (optional)", "round.pins", hint=PAIRS_HINT, height=90)
        forbids = forms.long_field(
            "Pairs never to propose (optional)", "round.forbids", hint=PAIRS_HINT, height=90
        )
        seed = forms.number_field(
            "Seed", "round.seed", 0, lowest=0, highest=999_999,
            hint="Kept with the result, so that it can be repeated",
        )  # fmt: skip
        run = st.form_submit_button("Run the round", type="primary")
        compare = st.form_submit_button("Compare the three methods first")
    pairs = _read_pairs(pins, forbids) if run or compare else None
    if pairs is None:
        return None
    settings = RoundSettings(
        name=name,
        direction=direction,
        method=method or "stable",
        floor=floor or None,
        seed=int(seed),
        small_charity_share=share / 100 if share else None,
        small_charity_places=int(places),
        pins=pairs[0],
        forbids=pairs[1],
    )
    return Asked(settings, compare)


def _read_pairs(pins: str, forbids: str) -> tuple[Pairs, Pairs] | None:
    """Both lists of pairs, or None when a line of one is no pair, which the page then says."""
    kept, never = parse_pairs(pins), parse_pairs(forbids)
    if isinstance(kept, NotPairs) or isinstance(never, NotPairs):
        typed = {"pins": kept, "forbids": never}
        keep_errors({field: found.message for field, found in typed.items() if isinstance(found, NotPairs)})
        st.rerun()
        return None
    return kept, never
