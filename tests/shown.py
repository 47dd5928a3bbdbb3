"""Evidence for tests of learning: pairs that were shown, and those of them that both sides took up."""

from datetime import timedelta

import numpy as np
from scipy.special import expit
from sqlalchemy import insert
from sqlalchemy.orm import Session

import matching
from db.models.applications import Application, ApplicationState
from db.models.learning import Impression, ShownTo
from programme import clock
from tests.factories import make_applicant, make_offer, make_organisation

ONE_EACH = 10  # offers that each person was shown


def show_pairs(
    session: Session, people: int, *, days_ago: int = 60, seed: int = 0, sense: float = 1.0
) -> int:
    """Show ten offers to each of so many people, who take up what serves the words part; how many were shown.

    ``sense`` of -1 lets them take up the opposite. The points in force give words little, so there is
    much to learn.
    """
    rng = np.random.default_rng(seed)
    home, host = make_organisation(session, "government"), make_organisation(session)
    offers = [make_offer(session, host) for _ in range(ONE_EACH)]
    parts, words = matching.PART_NAMES, matching.PART_NAMES.index("words")
    impressions, applications = [], []
    for _ in range(people):
        person = make_applicant(session, home)
        for position, offer in enumerate(offers, start=1):
            shares = rng.random(len(parts))
            impressions.append(
                {
                    "applicant_id": person.id,
                    "offer_id": offer.id,
                    "shown_to": ShownTo.APPLICANT,
                    "shown_on": clock.today() - timedelta(days=days_ago),
                    "position": position,
                    "model_version": "test",
                    "shares": dict(zip(parts, shares.round(6).tolist(), strict=True)),
                }
            )
            if rng.random() < expit(9 * sense * (shares[words] - 0.5)):
                applications.append(
                    {
                        "applicant_id": person.id,
                        "offer_id": offer.id,
                        "ref": f"APP-{person.id}-{offer.id}",
                        "state": ApplicationState.SELECTED,
                        "state_since_at": clock.now(),
                        "created_at": clock.now(),
                        "updated_at": clock.now(),
                        "version": 1,
                    }
                )
    session.execute(insert(Impression), impressions)
    session.execute(insert(Application), applications)
    return len(impressions)
