"""Loading the hand-shaped demonstration programme into an empty database that has the reference data."""

from datetime import datetime, timedelta
from random import Random

from sqlalchemy import select
from sqlalchemy.orm import Session

from db.models.applicants import ApplicantRegion, ApplicantSkill
from db.models.levels import CharityRole
from db.models.offers import Offer, OfferMission, OfferSkill, OfferState
from db.models.reference import Mission, Profession, Region, Skill
from db.models.users import User
from db.queries import audit_chain
from programme import clock
from programme.demonstration.cases import Cases
from programme.demonstration.cast import add_cast
from programme.demonstration.current import Current, Pairs
from programme.demonstration.identities import IDENTITIES
from programme.demonstration.ledger import Track
from programme.demonstration.offers import Posted, Writer, add_open_offers
from programme.demonstration.people import add_people
from programme.demonstration.placed import PROPOSED_BEFORE, Placements, at_nine, offer_track, publish
from programme.demonstration.rounds import OLD_MODEL, add_old_proposals, add_proposals, open_round
from programme.demonstration.rows import Rows
from programme.errors import Refused

SEED = 202407


def load(session: Session, *, seed: int = SEED) -> dict[str, int]:
    """Add the invented programme and give back how many rows of each table; nothing when it is already there.

    Dates count from ``clock.today()``, so it never grows stale; the same seed and day give the same programme.
    History is written straight into the tables: each step is one that the workflow table knows, with its
    history, audit and message rows, but guards are not run. Raises Refused when the reference data is missing.
    """
    if session.scalar(select(User.id).where(User.email == IDENTITIES[0].email)) is not None:
        return {}
    now = at_nine(clock.today()).replace(hour=7)
    rng = Random(seed)
    rows = Rows(session, rng)
    cast = add_cast(rows, rng, now)
    people = add_people(rows, rng, cast, now, _role_levels(session))
    cases = Cases(session, rows, rng, cast, now)
    writer = Writer(rows, rng, cast, now)
    offers = add_open_offers(writer)
    for offer in offers:
        _settle(cases, offer)
    placements = Placements(cases, writer, people)
    first_at = at_nine(placements.round_start - timedelta(days=PROPOSED_BEFORE + 1))
    first = open_round(
        cases, "Last year's whole-cohort round", first_at, model_version=OLD_MODEL, fingerprint=""
    )
    placements.add_all(first.row["id"])
    add_old_proposals(cases, first, placements.round_pairs)
    _check_codes(session, rows)
    rows.flush()
    _add_current(cases, Pairs(cases, people, offers), now)
    rows.flush()
    audit_chain.append_waiting(session)
    return rows.counts


def _add_current(cases: Cases, pairs: Pairs, now: datetime) -> None:
    current = Current(cases, pairs)
    current.add_matches()
    current.add_applications()
    run_at = now - timedelta(days=7)
    latest = open_round(
        cases, "This autumn's round" if now.month in (9, 10, 11) else "The latest round", run_at,
        model_version=pairs.catalogue.model_version, fingerprint=pairs.catalogue.fingerprint,
    )  # fmt: skip
    add_proposals(cases, latest, current.add_proposals(latest.row["id"], now - timedelta(days=6)))


def _settle(cases: Cases, offer: Posted) -> None:
    """Take an open offer from draft to the state that it was posted for."""
    wanted, host = offer.state, offer.body.host_id
    track = offer_track(cases, offer)
    at = offer.published_at
    if wanted in (OfferState.DRAFT, OfferState.SUBMITTED):
        cases.ledger.note(track, "create", at - timedelta(days=12), host)
        if wanted is OfferState.SUBMITTED:
            cases.ledger.move(track, "submit", at, host)
        return
    publish(cases, track, offer)
    _leave_open(cases, track, wanted, at, host)


def _leave_open(cases: Cases, track: Track, wanted: OfferState, at: datetime, host: int) -> None:
    since = min(at + timedelta(days=20), cases.now - timedelta(hours=3))
    if wanted is OfferState.PAUSED:
        cases.ledger.move(
            track, "pause", since, host, "Our supervisor is away; we will open it again next month."
        )
    elif wanted is OfferState.WITHDRAWN:
        cases.ledger.move(
            track, "withdraw", since, host, "The project was moved to another team.", "no_longer_needed"
        )
    elif wanted is OfferState.LAPSED:
        cases.ledger.move(
            track, "lapse", at + timedelta(days=180), None, "Nobody was found before the offer ran out."
        )


def _role_levels(session: Session) -> dict[tuple[str, str], int]:
    rows = session.execute(select(CharityRole.role, CharityRole.income_band, CharityRole.level))
    found = {(role, band): level for role, band, level in rows}
    if not found:
        raise Refused("Load the reference data first, with `secondments init`.")
    return found


def _check_codes(session: Session, rows: Rows) -> None:
    """Every code in the hand-written parts is a code of the reference data."""
    for model, column, reference in (
        (ApplicantSkill, "skill_code", Skill),
        (OfferSkill, "skill_code", Skill),
        (OfferMission, "mission_code", Mission),
        (ApplicantRegion, "region_code", Region),
        (Offer, "profession_code", Profession),
    ):
        known = set(session.scalars(select(reference.code)))
        unknown = {row[column] for row in rows.waiting(model)} - known
        if unknown:
            raise Refused(
                f"The demonstration names codes that are not in the reference data: {sorted(unknown)}."
            )
