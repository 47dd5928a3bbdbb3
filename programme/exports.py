"""Giving offers out as CSV, in the form that an import reads, with no cell that a spreadsheet would run."""

import csv
import io
from datetime import date
from typing import Any

from sqlalchemy.orm import Session

from db.models.offers import Offer
from programme import clock
from programme.actors import Actor
from programme.import_rows import neutralised
from programme.import_template import ABOUT, COLUMNS
from programme.offer_fields import OfferFields, default_window, read
from programme.offer_search import OfferFilters, matching_rows

EXAMPLE = OfferFields(
    title="Data adviser for a food bank network (example, delete this row)",
    summary="Help twelve food banks see where demand is rising.",
    tasks="Bring their referral figures together. Agree what to count. Train two people to keep it up.",
    learning="How a small charity decides with little data, and how referrals work on the ground.",
    missions=(("OPP", 0.6), ("NHS", 0.4)),
    needs=(("gdad:communicating-information", 3, True), ("beh:working-together", 2, False)),
    teaches=(("beh:leadership", 2),),
    region_code="TLD",
    place_name="Preston",
    days_per_week=3.0,
)


def offers_csv(session: Session, actor: Actor, filters: OfferFilters) -> str:
    """The published offers that fit the filters as CSV: what the public list shows, with the codes of an import.

    Open to everybody, as the list is. Names of people are not in it.
    """
    rows = ([*_about(offer), *_cells(read(offer))] for offer in matching_rows(session, filters))
    return _csv([*ABOUT, *COLUMNS], rows)


def template() -> str:
    """The header of an offers file with one example row to write over."""
    start_from, start_to = default_window(clock.today())
    cells = _cells(EXAMPLE)
    dates = {"start_from_on": start_from.isoformat(), "start_to_on": start_to.isoformat()}
    return _csv([*COLUMNS], [[dates.get(name, cell) for name, cell in zip(COLUMNS, cells, strict=True)]])


def _about(offer: Offer) -> list[str]:
    published = offer.published_at.date().isoformat() if offer.published_at else ""
    texts = (offer.ref, offer.organisation.name, offer.organisation.ref, offer.state.value, published)
    return [neutralised(text) for text in texts]


def _cells(fields: OfferFields) -> list[str]:
    return [neutralised(_cell(name, getattr(fields, name))) for name, _ in COLUMNS.values()]


def _cell(name: str, value: Any) -> str:
    match name, value:
        case _, None:
            return ""
        case "missions", _:
            return ";".join(f"{code}:{weight:g}" for code, weight in value)
        case "needs", _:
            return ";".join(
                f"{code}:{level}:{'essential' if essential else 'desirable'}"
                for code, level, essential in value
            )
        case "teaches", _:
            return ";".join(f"{code}:{level}" for code, level in value)
        case _, bool():
            return "yes" if value else "no"
        case _, date():
            return value.isoformat()
        case _, float():
            return f"{value:g}"
        case _:
            return str(value)


def _csv(header: list[str], rows: Any) -> str:
    out = io.StringIO(newline="")
    writer = csv.writer(out)
    writer.writerow(header)
    writer.writerows(rows)
    return out.getvalue()
