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
from sqlalchemy.orm import Session

import matching
from db.queries import catalogue as queries
from programme import clock
from programme.encoding import list_order, tables
from programme.encoding.settings import current_weights, reading_names
from programme.encoding.tables import Numbers

Floats = NDArray[np.float64]

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
    ``(n_applicants, n_offers)``, and of the ids and references. ``applicant_lifts`` and ``offer_lifts`` are the
    points by which a list moves a row to clear the market; new rows have 0 until all is encoded anew.
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
    applicant_side: matching.OneSide
    offer_side: matching.OneSide
    applicant_lifts: Floats
    offer_lifts: Floats
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


def _encoded(session: Session) -> Catalogue:
    applicant_ids, applicant_refs, applicants = tables.applicants(session)
    offer_ids, offer_refs, offers = tables.offers(session)
    weights = current_weights(session)
    encoder = matching.Encoder(weights, relations=matching.SkillRelations.from_knowledge())
    encoder.fit(offers, applicants)
    people, places = encoder.transform_applicants(applicants), encoder.transform_offers(offers)
    applicant_lifts, offer_lifts = list_order.lifts(session, encoder, applicants, offers)
    return Catalogue(
        applicants=applicants,
        offers=offers,
        applicant_ids=applicant_ids,
        offer_ids=offer_ids,
        applicant_refs=applicant_refs,
        offer_refs=offer_refs,
        encoder=encoder,
        encoded_applicants=people,
        encoded_offers=places,
        applicant_side=matching.OneSide.of(people.factors),
        offer_side=matching.OneSide.of(places.factors),
        applicant_lifts=applicant_lifts,
        offer_lifts=offer_lifts,
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
    if not ids:
        return known
    new_ids, refs, table = tables.applicants(session, ids=ids)
    kept, order = _merged(known.applicant_ids, np.array(ids, dtype=np.int64), new_ids)
    encoded = known.encoder.transform_applicants(table)
    everybody = known.encoded_applicants.take(kept).stack(encoded).take(order)
    return replace(
        known,
        applicants=known.applicants.take(kept).stack(table).take(order),
        applicant_ids=np.concatenate([known.applicant_ids[kept], new_ids])[order],
        applicant_refs=_picked(known.applicant_refs, kept, refs, order),
        encoded_applicants=everybody,
        applicant_side=matching.OneSide.of(everybody.factors),
        applicant_lifts=np.concatenate([known.applicant_lifts[kept], np.zeros(len(new_ids))])[order],
    )


def _with_offers(session: Session, known: Catalogue, ids: list[int]) -> Catalogue:
    if not ids:
        return known
    new_ids, refs, table = tables.offers(session, ids=ids)
    kept, order = _merged(known.offer_ids, np.array(ids, dtype=np.int64), new_ids)
    encoded = known.encoder.transform_offers(table)
    everybody = known.encoded_offers.take(kept).stack(encoded).take(order)
    return replace(
        known,
        offers=known.offers.take(kept).stack(table).take(order),
        offer_ids=np.concatenate([known.offer_ids[kept], new_ids])[order],
        offer_refs=_picked(known.offer_refs, kept, refs, order),
        encoded_offers=everybody,
        offer_side=matching.OneSide.of(everybody.factors),
        offer_lifts=np.concatenate([known.offer_lifts[kept], np.zeros(len(new_ids))])[order],
    )


def _merged(known: Numbers, touched: Numbers, new: Numbers) -> tuple[Numbers, Numbers]:
    """The known rows to keep, and the order by id of the kept rows followed by the new ones."""
    kept = np.flatnonzero(~np.isin(known, touched))
    return kept, np.argsort(np.concatenate([known[kept], new]), kind="stable")


def _picked(known: tuple[str, ...], kept: Numbers, new: tuple[str, ...], order: Numbers) -> tuple[str, ...]:
    refs = [*(known[i] for i in kept.tolist()), *new]
    return tuple(refs[i] for i in order.tolist())
