"""One state of the programme as the matcher reads it, shared by every page of the process.

It is encoded once. After that, what an audit event touched is read and encoded again, and nothing else;
only a change of the rules, of an organisation or of the day starts anew.
"""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from threading import Lock

import numpy as np
from numpy.typing import NDArray
from sklearn.base import clone
from sqlalchemy.orm import Session

import matching
from db.queries import catalogue as queries
from programme import clock
from programme.encoding import tables
from programme.encoding.settings import current_weights, reading_names
from programme.encoding.tables import Numbers

Floats = NDArray[np.float64]
Bools = NDArray[np.bool_]

# What the matcher reads comes from these records; an event about any other leaves the catalogue as it is.
READ_SUBJECTS = ("applicant", "offer", "match", "placement", "organisation", "rule")
KEPT_DATABASES = 2


@dataclass(frozen=True, slots=True)
class _State:
    event_id: int
    event_at: datetime | None
    size: tuple[int, int, int, int]
    day: date


@dataclass(frozen=True, slots=True)
class Catalogue:
    """One state of the programme as the matcher reads it.

    ``applicants`` and ``offers`` are in the order of the rows of every score matrix, whose shape is
    ``(n_applicants, n_offers)``, and of the ids and references.
    """

    applicants: matching.ApplicantTable
    offers: matching.OfferTable
    applicant_ids: Numbers
    offer_ids: Numbers
    applicant_refs: tuple[str, ...]
    offer_refs: tuple[str, ...]
    encoder: matching.Encoder
    encoded_applicants: matching.EncodedApplicants
    encoded_offers: matching.EncodedOffers
    names: Mapping[str, str]
    model_version: str
    fingerprint: str

    def applicant(self, row: int) -> matching.ApplicantProfile:
        """The profile of one row."""
        return matching.applicant_profile(self.applicants, row, ref=self.applicant_refs[row])

    def offer_directions(self) -> list[str]:
        """The direction of each offer."""
        return ["outward" if outward else "inward" for outward in self.offers.outward.tolist()]

    def offer(self, row: int) -> matching.OfferProfile:
        """The offer of one row."""
        return matching.offer_profile(self.offers, row, ref=self.offer_refs[row])


_held: dict[str, tuple[_State, Catalogue]] = {}
_lock = Lock()


def catalogue(session: Session) -> Catalogue:
    """The programme as it is now, encoded; what has not changed since the last call is kept."""
    where = str(session.get_bind().engine.url)
    event_id, event_at = queries.last_event(session, subjects=READ_SUBJECTS)
    state = _State(event_id, event_at, queries.size(session), clock.today())
    with _lock:
        before, known = _held.get(where, (None, None))
        if before is None or known is None or before != state:
            renewed = _renewed(session, before, known, state) if before and known else None
            while len(_held) >= KEPT_DATABASES and where not in _held:
                _held.pop(next(iter(_held)))
            _held[where] = (state, renewed or _encoded(session))
        return _held[where][1]


def forget() -> None:
    """Start anew at the next call: for tests and for measurements."""
    with _lock:
        _held.clear()


def applicant_profile(session: Session, applicant_id: int) -> matching.ApplicantProfile:
    """What the matcher may know of this person as stored now, looking for a placement or not."""
    _, refs, table = tables.applicants(session, ids=[applicant_id], everyone=True)
    return matching.applicant_profile(table, 0, ref=refs[0])


def offer_profile(session: Session, offer_id: int) -> matching.OfferProfile:
    """What the matcher may know of this offer as stored now, open or not."""
    _, refs, table = tables.offers(session, ids=[offer_id], everyone=True)
    return matching.offer_profile(table, 0, ref=refs[0])


def row(catalogue: Catalogue, person: matching.ApplicantProfile) -> tuple[Floats, Bools]:
    """Score and eligibility of this person for every open offer, in the order of the offers."""
    scores, eligible = matching.grid(
        catalogue.encoder.transform_applicants([person]), catalogue.encoded_offers
    )
    return scores[0], eligible[0]


def column(catalogue: Catalogue, offer: matching.OfferProfile) -> tuple[Floats, Bools]:
    """Score and eligibility of everybody who looks for a placement for this offer, open or not.

    An offer that names what no open offer does gets columns of its own, which changes no score.
    """
    try:
        one, people = catalogue.encoder.transform_offers([offer]), catalogue.encoded_applicants
    except matching.UnseenCodeError:
        own = clone(catalogue.encoder).fit([offer])
        one, people = own.transform_offers([offer]), own.transform_applicants(catalogue.applicants)
    scores, eligible = matching.grid(people, one)
    return scores[:, 0], eligible[:, 0]


def _encoded(session: Session) -> Catalogue:
    applicant_ids, applicant_refs, applicants = tables.applicants(session)
    offer_ids, offer_refs, offers = tables.offers(session)
    weights = current_weights(session)
    encoder = matching.Encoder(weights, relations=matching.SkillRelations.from_knowledge())
    encoder.fit(offers, applicants)
    return Catalogue(
        applicants=applicants,
        offers=offers,
        applicant_ids=applicant_ids,
        offer_ids=offer_ids,
        applicant_refs=applicant_refs,
        offer_refs=offer_refs,
        encoder=encoder,
        encoded_applicants=encoder.transform_applicants(applicants),
        encoded_offers=encoder.transform_offers(offers),
        names=reading_names(session),
        model_version=matching.model_version(weights, knowledge=matching.knowledge_version()),
        fingerprint=matching.fingerprint(applicants, offers, weights),
    )


def _renewed(session: Session, before: _State, known: Catalogue, state: _State) -> Catalogue | None:
    """The same catalogue with what events have touched since; None where that is not enough."""
    people, offers, others = queries.changed_since(session, event_id=before.event_id, subjects=READ_SUBJECTS)
    if others or before.day != state.day or state.event_id < before.event_id:
        return None
    explained = (
        len({i for i in people if i > before.size[2]}),
        len({j for j in offers if j > before.size[3]}),
    )
    if (state.size[0] - before.size[0], state.size[1] - before.size[1]) != explained:
        return None
    try:
        renewed = _with_offers(session, _with_applicants(session, known, sorted(people)), sorted(offers))
    except matching.UnseenCodeError:
        return None
    weights = renewed.encoder.weights
    return replace(renewed, fingerprint=matching.fingerprint(renewed.applicants, renewed.offers, weights))


def _with_applicants(session: Session, known: Catalogue, ids: list[int]) -> Catalogue:
    new_ids, refs, table = tables.applicants(session, ids=ids)
    kept, order = _merged(known.applicant_ids, np.array(ids, dtype=np.int64), new_ids)
    encoded = known.encoder.transform_applicants(table)
    return replace(
        known,
        applicants=known.applicants.take(kept).stack(table).take(order),
        applicant_ids=np.concatenate([known.applicant_ids[kept], new_ids])[order],
        applicant_refs=_picked(known.applicant_refs, kept, refs, order),
        encoded_applicants=known.encoded_applicants.take(kept).stack(encoded).take(order),
    )


def _with_offers(session: Session, known: Catalogue, ids: list[int]) -> Catalogue:
    new_ids, refs, table = tables.offers(session, ids=ids)
    kept, order = _merged(known.offer_ids, np.array(ids, dtype=np.int64), new_ids)
    encoded = known.encoder.transform_offers(table)
    return replace(
        known,
        offers=known.offers.take(kept).stack(table).take(order),
        offer_ids=np.concatenate([known.offer_ids[kept], new_ids])[order],
        offer_refs=_picked(known.offer_refs, kept, refs, order),
        encoded_offers=known.encoded_offers.take(kept).stack(encoded).take(order),
    )


def _merged(known: Numbers, touched: Numbers, new: Numbers) -> tuple[Numbers, Numbers]:
    """The known rows to keep, and the order by id of the kept rows followed by the new ones."""
    kept = np.flatnonzero(~np.isin(known, touched))
    return kept, np.argsort(np.concatenate([known[kept], new]), kind="stable")


def _picked(known: tuple[str, ...], kept: Numbers, new: tuple[str, ...], order: Numbers) -> tuple[str, ...]:
    refs = [*(known[i] for i in kept.tolist()), *new]
    return tuple(refs[i] for i in order.tolist())
