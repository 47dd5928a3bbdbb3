"""What a round's result amounts to, and how it was run, in sentences."""

from collections.abc import Iterator, Mapping
from typing import Any

from ui.words import count_words, label, percent_words, points_words


def certificate_sentences(certificate: Mapping[str, Any]) -> Iterator[str]:
    """The certificate of an assignment (``matching.Certificate`` as stored), one sentence for each fact."""
    matched, unmatched = int(certificate["matched"]), int(certificate["unmatched"])
    yield f"{count_words(matched, 'person gets', 'people get')} a proposal; {unmatched:,} do not."
    if certificate.get("mean") is not None:
        yield (
            f"The mean score of the pairs is {points_words(certificate['mean'])} out of 100; "
            f"the lowest is {points_words(certificate['worst'])}."
        )
    if certificate["stable"]:
        yield "It is stable: no person and host would both rather have each other than what they have."
    else:
        yield (
            f"It is not stable: {count_words(int(certificate['applicants_blocking']), 'person', 'people')} could form "
            f"{count_words(int(certificate['blocking_pairs']), 'pair')} that both sides would rather have."
        )
    price = certificate.get("price_of_stability")
    if price is not None:
        yield f"It gives up {percent_words(100 * price)} of the highest total score that any assignment could reach."
    for quota in certificate.get("quotas", ()):
        met = "was met" if quota["met"] else "could not be met"
        yield (
            f"The share asked for {met}: {percent_words(100 * quota['share'])} are at “{quota['name']}”. "
            f"{quota['words']} It cost {count_words(int(quota['places_lost']), 'place')}."
        )


def settings_facts(settings: Mapping[str, Any]) -> Iterator[tuple[str, object]]:
    """The settings of a round in words."""
    yield "Method", label("round_method", settings.get("method"))
    yield (
        "Direction",
        label("direction", settings["direction"]) if settings.get("direction") else "Both directions",
    )
    yield "Lowest score to propose", points_words(settings["floor"]) if settings.get("floor") else "None"
    share, places = settings.get("small_charity_share"), settings.get("small_charity_places")
    yield "Least share at small charities", percent_words(100 * share) if share else "None"
    yield "Places kept first for people from small charities", f"{places} of each offer" if places else "None"
    yield "Pairs kept", _pairs(settings.get("pins", ()))
    yield "Pairs never proposed", _pairs(settings.get("forbids", ()))


def _pairs(pairs: Any) -> str:
    return "; ".join(" and ".join(pair) for pair in pairs) or "None"
