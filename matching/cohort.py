"""From both sides of a catalogue to the pairs that lists, clearing and assignment work on."""

from __future__ import annotations

import numpy as np

from matching.encoder import Encoder
from matching.factors import UNITS, Whole
from matching.lists import NOBODY
from matching.pairs import Pairs
from matching.tables import ApplicantTable, Bools, OfferTable
from matching.top_k import products_at, top_both_ways


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
    both = encoder.transform_applicants(applicants), encoder.transform_offers(offers)
    chosen = np.arange(len(offers)) if offers_in is None else np.flatnonzero(offers_in)
    columns = both[1].take(chosen)
    for_applicants, for_offers = top_both_ways(
        both[0].factors,
        columns.factors,
        k=k,
        days=(both[0].days, columns.days),
        groups=(both[0].outward.astype(np.int64), columns.outward.astype(np.int64)),
        n_jobs=n_jobs,
    )
    keys = np.union1d(
        _keys(np.arange(len(applicants)), for_applicants.indices, chosen, len(offers)),
        _keys_of_offers(for_offers.indices, chosen, len(offers)),
    )
    applicant, offer = np.divmod(keys, max(len(offers), 1))
    host = encoder.for_side("host")
    sides = host.transform_applicants(applicants).factors, host.transform_offers(offers).factors
    score = _at(both[0].factors, both[1].factors, applicant, offer) / UNITS
    host_score = _at(*sides, applicant, offer) / UNITS
    return Pairs(
        applicant=applicant.astype(np.int32),
        offer=offer.astype(np.int32),
        score=score,
        applicant_score=2 * score - host_score,
        host_score=host_score,
        n_applicants=len(applicants),
        n_offers=len(offers),
    )
