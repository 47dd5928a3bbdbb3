"""From both sides of a catalogue to the pairs that lists, clearing and assignment work on."""

from __future__ import annotations

import numpy as np

from matching.encoder import Encoder
from matching.factors import UNITS
from matching.lists import NOBODY, Lists
from matching.pairs import Pairs
from matching.tables import ApplicantTable, Bools, Ints, OfferTable
from matching.top_k import products_of, top_both_ways


def listed_pairs(
    encoder: Encoder,
    applicants: ApplicantTable,
    offers: OfferTable,
    *,
    k: int,
    offers_in: Bools | None = None,
    n_jobs: int = -1,
) -> Pairs:
    """The pairs on anybody's list: each applicant's `k` best offers and each offer's `k` best applicants.

    With the match score and what each side alone would give, 0 to 100. `offers_in` (n_offers,) leaves
    offers out. Inside `joblib.parallel_config("dask")` the ranking runs on that cluster.
    """
    chosen = np.arange(len(offers)) if offers_in is None else np.flatnonzero(offers_in)
    rows, columns = encoder.transform_applicants(applicants), encoder.transform_offers(offers.take(chosen))
    for_applicants, for_offers = top_both_ways(
        rows.factors,
        columns.factors,
        k=k,
        days=(rows.days, columns.days),
        groups=(rows.outward.astype(np.int64), columns.outward.astype(np.int64)),
        n_jobs=n_jobs,
    )
    (applicant, offer), (listed_offer, listed) = _entries(for_applicants), _entries(for_offers)
    width = max(len(chosen), 1)
    keys = np.union1d(applicant * width + offer, listed * width + listed_offer)
    applicant, offer = np.divmod(keys, width)
    host = encoder.for_side("host")
    host_rows = host.transform_applicants(applicants).factors
    host_columns = host.transform_offers(offers.take(chosen)).factors
    score = products_of(rows.factors, columns.factors, applicant, offer) / UNITS
    host_score = products_of(host_rows, host_columns, applicant, offer) / UNITS
    return Pairs(
        applicant=applicant.astype(np.int32),
        offer=chosen[offer].astype(np.int32),
        score=score,
        applicant_score=2 * score - host_score,
        host_score=host_score,
        n_applicants=len(applicants),
        n_offers=len(offers),
    )


def _entries(lists: Lists) -> tuple[Ints, Ints]:
    """Whose list, and who is on it, for every entry."""
    owner, place = np.nonzero(lists.indices != NOBODY)
    return owner, lists.indices[owner, place].astype(np.int64)
