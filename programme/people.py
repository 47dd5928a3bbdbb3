"""The person behind an e-mail address, known or invited now, with a role for an organisation."""

from sqlalchemy.orm import Session

from db.models.notifications import MessageKind
from db.models.organisations import Organisation
from db.models.users import Membership, Role, User
from db.queries import applicants as queries
from db.queries import users
from programme import audit, clock, notifications, sign_in
from programme.actors import Actor
from programme.errors import Invalid

WHAT_FOR = {
    Role.HOST: "post placements and choose people",
    Role.LINE_MANAGER: "answer a request to release someone in your team",
}


def member(
    session: Session, actor: Actor, *, email: str, name: str, organisation: Organisation, role: Role
) -> User:
    """The person with this address, with this role for the organisation; invited when new to the programme.

    Raises Invalid on ``email`` or ``name`` when an account cannot be made of them, or when the address is that of
    somebody of the programme's own staff: nobody can make an approver a party by naming them.
    """
    user = users.by_email(session, email=email)
    if user is None:
        user = sign_in.create_account(
            session,
            email=email,
            name=name,
            memberships=((role, organisation.id),),
            is_demo=organisation.is_demo,
        )
        audit.record(session, actor, "user:invite", "user", user, detail=_detail(role, organisation))
        _send_invitation(session, actor, user, organisation, role)
        return user
    if any(held.organisation_id is None for held in user.memberships):  # or it would make them a party (C4)
        raise Invalid(
            "This person works for the programme, so they cannot act for an organisation. "
            "Enter somebody else's address.",
            field="email",
        )
    if user.password_hash is not None and user.email_confirmed_at is None:
        raise Invalid(
            "The account with this address has not been confirmed by the person who reads it. "
            "Ask them to use the confirmation link that they were sent.",
            field="email",
        )
    if queries.membership(session, user_id=user.id, organisation_id=organisation.id, role=role) is None:
        user.memberships.append(
            Membership(user_id=user.id, organisation_id=organisation.id, role=role, created_at=clock.now())
        )
        session.flush()
        audit.record(session, actor, "user:add_role", "user", user, detail=_detail(role, organisation))
    return user


def _detail(role: Role, organisation: Organisation) -> dict[str, str]:
    return {"role": role.value, "organisation": organisation.ref}


def _send_invitation(
    session: Session, actor: Actor, user: User, organisation: Organisation, role: Role
) -> None:
    link = sign_in.invite(session, user)
    notifications.add(
        session,
        user.id,
        event_key=f"invite-{user.id}-{role.value}-{organisation.id}",
        subject="You have been invited to the Missions Secondment Programme",
        body=(
            f"{actor.name} has invited you on behalf of {organisation.name}, "
            f"so that you can {WHAT_FOR[role]}. Choose a password to begin."
        ),
        link=link,
        kind=MessageKind.ACCOUNT,
    )
