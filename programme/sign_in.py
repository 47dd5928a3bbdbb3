"""Signing in and out: passwords, sessions, one-time links and the invented identities of a demonstration.

A session's token and a link's token leave here once, for the browser; only their SHA-256 is stored.
"""

import secrets
from dataclasses import dataclass
from datetime import timedelta
from hashlib import sha256

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerifyMismatchError
from sqlalchemy.orm import Session

from db.models.users import Membership, OneTimeLink, Role, SignInSession, User
from db.queries import users
from programme import audit, clock
from programme.actors import Actor, actor_for
from programme.errors import Invalid, NotAllowed
from programme.reference import rule_number
from programme.settings import settings

WRONG = (
    "The e-mail address or the password is not right. Check both and try again. "
    "After several wrong passwords in a row we lock the account for a few minutes."
)
LINK_DEAD = "This link has been used already or has expired. Ask a programme manager for a new one."
NO_DEMO = "Invented identities can only be used in demonstration mode."

CHOOSE_PASSWORD = "choose_password"

# 19 MiB, 2 passes, 1 lane: the OWASP Password Storage Cheat Sheet's minimum for Argon2id.
_hasher = PasswordHasher(time_cost=2, memory_cost=19_456, parallelism=1)
_NOBODY = _hasher.hash(secrets.token_urlsafe())  # checked when there is no account, so that both take as long


@dataclass(frozen=True, slots=True)
class SignInAnswer:
    """What became of a sign-in: a token and its user, or neither and the words to show."""

    token: str | None
    user: User | None
    refusal: str = ""


def sign_in(session: Session, email: str, password: str) -> SignInAnswer:
    """Check a password and start a session.

    A wrong password is an answer and not an exception, so that the failure it counts is kept. The words are
    the same for an unknown address, a wrong password and a locked or closed account, and take as long.
    """
    user = users.by_email(session, email=email)
    right = _matches(user.password_hash if user else None, password)
    if user is None or not _usable(user) or _locked(user):
        return SignInAnswer(None, None, WRONG)
    if not right:
        _count_failure(session, user)
        return SignInAnswer(None, None, WRONG)
    user.failed_sign_ins = 0
    user.locked_until_at = None
    if user.password_hash and _hasher.check_needs_rehash(user.password_hash):
        user.password_hash = _hasher.hash(password)
    return SignInAnswer(start_session(session, user), user)


def start_session(session: Session, user: User) -> str:
    """A new session for a user whose identity has been checked. Returns its token of 43 characters."""
    token = secrets.token_urlsafe(32)
    now = clock.now()
    row = SignInSession(
        token_hash=_hash(token),
        user_id=user.id,
        created_at=now,
        expires_at=now + timedelta(hours=_rule(session, "session.hours")),
    )
    session.add(row)
    session.flush()
    audit.record(session, actor_for(user), "sign_in", "user", user, detail={"session": row.id})
    return token


def actor_for_token(session: Session, token: str) -> Actor | None:
    """Who holds this token now; None when it is unknown, expired or revoked, or the account is closed."""
    found = session_for_token(session, token)
    return actor_for(found.user) if found else None


def session_for_token(session: Session, token: str) -> SignInSession | None:
    """The session that this token opens now; None as for ``actor_for_token``."""
    found = users.sign_in_session(session, token_hash=_hash(token)) if token else None
    return found if found and _stands(found) else None


def actor_for_session_id(session: Session, sign_in_session_id: int) -> Actor | None:
    """Who is behind this session now; None when it has ended or the account is closed."""
    found = session.get(SignInSession, sign_in_session_id)
    return actor_for(found.user) if found and _stands(found) else None


def sign_out(session: Session, token: str) -> None:
    """End the session of this token. Signing out twice, or with an unknown token, does nothing."""
    found = users.sign_in_session(session, token_hash=_hash(token))
    if found is None or found.revoked_at is not None:
        return
    found.revoked_at = clock.now()
    audit.record(session, actor_for(found.user), "sign_out", "user", found.user, detail={"session": found.id})


def create_account(
    session: Session,
    *,
    email: str,
    name: str,
    memberships: tuple[tuple[Role, int | None], ...] = (),
    is_demo: bool = False,
) -> User:
    """A new account without a password, with its (role, organisation id) pairs. Follow it with ``invite``.

    The caller decides who may do this. Raises Invalid when the address is not one or is taken.
    """
    address = email.strip().lower()
    if address.count("@") != 1 or not all(address.split("@")) or " " in address or len(address) > 254:
        raise Invalid("Enter an e-mail address in the right format, like name@example.org", field="email")
    if not name.strip():
        raise Invalid("Enter the person’s full name", field="name")
    if users.by_email(session, email=address):
        raise Invalid("There is already an account with this e-mail address", field="email")
    now = clock.now()
    user = User(email=address, name=name.strip(), is_demo=is_demo, created_at=now)
    user.memberships = [
        Membership(role=role, organisation_id=organisation_id, created_at=now)
        for role, organisation_id in memberships
    ]
    session.add(user)
    session.flush()
    return user


def invite(session: Session, user: User, purpose: str = CHOOSE_PASSWORD) -> str:
    """A link to choose a password with, once. Returns its path. The person's earlier links stop working."""
    now = clock.now()
    for earlier in users.open_links(session, user_id=user.id, purpose=purpose):
        earlier.used_at = now
    token = secrets.token_urlsafe(32)
    session.add(
        OneTimeLink(
            token_hash=_hash(token),
            user_id=user.id,
            purpose=purpose,
            created_at=now,
            expires_at=now + timedelta(minutes=_rule(session, "sign_in.invitation_minutes")),
        )
    )
    session.flush()
    return f"/choose-password?link={token}"


def link_works(session: Session, token: str) -> bool:
    """Whether this link could be used now."""
    return _live_link(session, token) is not None


def shortest_password(session: Session) -> int:
    """How many characters a password must have."""
    return int(_rule(session, "sign_in.password_min_characters"))


def use_link(session: Session, token: str, new_password: str, *, sent: bool = True) -> User:
    """Set the password of the link's user, end their other sessions and use the link up.

    A link that was ``sent`` to the address proves that the person reads it.
    Raises NotAllowed when the link is used or expired, Invalid when the password is too short.
    """
    link = _live_link(session, token)
    if link is None:
        raise NotAllowed(LINK_DEAD)
    shortest = shortest_password(session)
    if len(new_password) < shortest:
        raise Invalid(f"Choose a password of {shortest} characters or more", field="password")
    if len(new_password) > 1000:
        raise Invalid("Choose a password of 1,000 characters or fewer", field="password")
    now = clock.now()
    link.used_at = now
    user = link.user
    user.password_hash = _hasher.hash(new_password)
    user.email_confirmed_at = now if sent else user.email_confirmed_at
    user.failed_sign_ins = 0
    user.locked_until_at = None
    for other in users.open_sessions(session, user_id=user.id):
        other.revoked_at = now
    audit.record(session, actor_for(user), "choose_password", "user", user)
    return user


def _usable(user: User) -> bool:
    """A closed account cannot be used, nor an invented identity outside demonstration mode."""
    return user.is_active and (settings().demo or not user.is_demo)


def _stands(row: SignInSession) -> bool:
    return row.revoked_at is None and row.expires_at > clock.now() and _usable(row.user)


def _locked(user: User) -> bool:
    return user.locked_until_at is not None and user.locked_until_at > clock.now()


def _count_failure(session: Session, user: User) -> None:
    user.failed_sign_ins = User.failed_sign_ins + 1  # in SQL: two wrong guesses at once count as two
    session.flush()
    session.refresh(user, ["failed_sign_ins"])
    most = _rule(session, "sign_in.max_attempts")
    if user.failed_sign_ins < most:
        return
    user.locked_until_at = clock.now() + timedelta(minutes=_rule(session, "sign_in.lock_minutes"))
    user.failed_sign_ins = 0
    audit.record(
        session,
        actor_for(user),
        "sign_in_locked",
        "user",
        user,
        detail={"until": user.locked_until_at.isoformat()},
    )


def _live_link(session: Session, token: str) -> OneTimeLink | None:
    link = users.one_time_link(session, token_hash=_hash(token))
    if link is None or link.used_at is not None or link.expires_at <= clock.now() or not _usable(link.user):
        return None
    return link


def _matches(password_hash: str | None, password: str) -> bool:
    try:
        _hasher.verify(password_hash or _NOBODY, password)
    except (VerifyMismatchError, InvalidHashError):
        return False
    return password_hash is not None


def _rule(session: Session, key: str) -> float:
    return float(rule_number(session, key, on=clock.today()))


def _hash(token: str) -> str:
    return sha256(token.encode()).hexdigest()
