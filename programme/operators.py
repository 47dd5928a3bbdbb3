"""Who acts when the command line is used: always a named person for a decision, nobody for reading."""

from sqlalchemy.orm import Session

from db.models.organisations import Organisation
from db.models.users import Role
from db.queries import applicants as applicant_queries
from db.queries import organisations as organisation_queries
from db.queries import users as user_queries
from programme import audit, sign_in
from programme.actors import SYSTEM, Actor, actor_for
from programme.errors import Invalid, NotFound
from programme.settings import settings

READER = SYSTEM


def organisation(session: Session, ref_or_name: str) -> Organisation:
    """The organisation with this reference or exact name. Raises NotFound."""
    found = organisation_queries.by_ref(session, ref=ref_or_name) or organisation_queries.by_name(
        session, name=ref_or_name
    )
    if found is None:
        raise NotFound(f"There is no organisation with the reference or name {ref_or_name}.")
    return found


def applicant_ref(session: Session, ref_or_email: str) -> str:
    """The reference of the person with this reference or e-mail address. Raises NotFound for an unknown address."""
    if "@" not in ref_or_email:
        return ref_or_email
    user = user_queries.by_email(session, email=ref_or_email)
    applicant = applicant_queries.by_user(session, user_id=user.id) if user else None
    if applicant is None:
        raise NotFound(f"There is no profile for {ref_or_email}.")
    return applicant.ref


def acting(session: Session, email: str, *, organisation: Organisation) -> Actor:
    """The person of ``organisation`` who acts. In demonstration mode the first host member stands in."""
    if not email and settings().demo:
        hosts = organisation_queries.host_members(session, organisation_id=organisation.id)
        if hosts and hosts[0].is_demo:
            return actor_for(hosts[0])
    return _person(session, email, "--by")


def publishing(session: Session, email: str) -> Actor:
    """The programme manager who publishes."""
    return _person(session, email, "--publish-by")


def purging(session: Session, email: str) -> Actor:
    """The programme manager who lets records be erased."""
    return _person(session, email, "--by")


def first_manager(session: Session, *, name: str, email: str) -> str:
    """Open the first programme manager's account; the path of the link to choose a password.

    Raises Invalid for an address that is taken or is not one.
    """
    user = sign_in.create_account(
        session,
        email=email,
        name=name or email.partition("@")[0],
        memberships=((Role.PROGRAMME_MANAGER, None),),
    )
    audit.record(session, SYSTEM, "account:first_manager", "user", user)
    return sign_in.invite(session, user)


def _person(session: Session, email: str, option: str) -> Actor:
    if not email:
        raise Invalid(f"Say who acts: add {option} with the e-mail address of a person with an account.")
    user = user_queries.by_email(session, email=email)
    if user is None or not user.is_active:
        raise NotFound(f"There is no open account for {email}.")
    return actor_for(user)
