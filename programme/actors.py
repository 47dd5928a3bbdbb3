"""The actor: the signed-in person as every use case sees them."""

from collections.abc import Iterable
from dataclasses import dataclass

from sqlalchemy.orm import Session

from db.models.users import Role, User
from programme.errors import NotAllowed


@dataclass(frozen=True, slots=True)
class ActorMembership:
    """One role of the actor, for one organisation or for the whole programme."""

    role: Role
    organisation_id: int | None = None
    organisation_name: str = ""


@dataclass(frozen=True, slots=True)
class Actor:
    """Who acts. ``user_id`` is None for the public and for the programme's own clockwork."""

    user_id: int | None
    name: str
    email: str = ""
    memberships: tuple[ActorMembership, ...] = ()
    is_system: bool = False
    is_demo: bool = False

    @property
    def roles(self) -> frozenset[Role]:
        """Every role the actor holds anywhere."""
        return frozenset(membership.role for membership in self.memberships)

    def organisations(self, *roles: Role) -> tuple[int, ...]:
        """The ids of the organisations for which the actor holds one of ``roles`` (any role when none given)."""
        return tuple(
            dict.fromkeys(
                membership.organisation_id
                for membership in self.memberships
                if membership.organisation_id is not None and (not roles or membership.role in roles)
            )
        )


PUBLIC = Actor(user_id=None, name="Public")
SYSTEM = Actor(user_id=None, name="The programme", is_system=True)


def actor_for(user: User) -> Actor:
    """The actor that a user is now, with the memberships the database holds now."""
    return Actor(
        user_id=user.id,
        name=user.name,
        email=user.email,
        memberships=tuple(
            ActorMembership(
                membership.role,
                membership.organisation_id,
                membership.organisation.name if membership.organisation else "",
            )
            for membership in user.memberships
        ),
        is_demo=user.is_demo,
    )


def load_actor(session: Session, user_id: int) -> Actor:
    """The actor with this user id. Raises NotAllowed when the account is closed."""
    user = session.get(User, user_id)
    if user is None or not user.is_active:
        raise NotAllowed("This account is closed. Ask a programme manager to open it again.")
    return actor_for(user)


def has_any(actor: Actor, roles: Iterable[Role]) -> bool:
    """Whether the actor holds one of ``roles``."""
    return bool(actor.roles & set(roles))
