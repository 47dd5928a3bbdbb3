"""Organisations: register, be verified by a person, add the people who act for them."""

from dataclasses import dataclass, replace
from urllib.parse import urlsplit

from sqlalchemy.orm import Session

from db.models.notifications import MessageKind
from db.models.organisations import Organisation, Sector, Verification
from db.models.users import Membership, Role, User
from db.queries import organisations as queries
from programme import audit, clock, notifications, people, permissions, reference, sign_in, vocabulary
from programme.actors import Actor, actor_for
from programme.errors import AlreadyDecided, Invalid, NotAllowed, NotFound, Refused
from programme.permissions import Permission
from programme.vocabulary import length_problem

NO_SUCH_ORGANISATION = "There is no such organisation. Check the reference."


@dataclass(frozen=True, slots=True)
class NewOrganisation:
    """What is asked of an organisation that joins.

    ``income_band`` is for civil society only; ``grade_key`` names a government body's own grade table; the
    register scheme and number go together and may both be left out.
    """

    name: str
    sector: str
    form: str
    region_code: str
    place_name: str = ""
    about: str = ""
    website: str = ""
    income_band: str | None = None
    register_scheme: str | None = None
    register_number: str | None = None
    grade_key: str | None = None


def register(session: Session, actor: Actor, new: NewOrganisation) -> Organisation:
    """Register an organisation, to be verified by a programme manager. The actor becomes its host.

    A programme manager, or the programme itself, registers it for others and does not become its host.
    Raises NotAllowed when nobody is signed in, Invalid field by field.
    """
    for_others = actor.is_system or permissions.may(actor, Permission.ORGANISATION_REGISTER)
    if actor.user_id is None and not for_others:
        raise NotAllowed("Sign in to register an organisation, or use the public form.")
    organisation = _store(session, actor, new)
    if not for_others and actor.user_id is not None:
        session.add(_host_membership(actor.user_id, organisation))
    session.flush()
    return organisation


def register_with_account(
    session: Session, new: NewOrganisation, *, contact_name: str, email: str, password: str
) -> Organisation:
    """Register an organisation and the account of its first host, from the public form.

    The form proves nothing about the address: a link to confirm it goes to the outbox.
    Raises Invalid for every field of the organisation, or for ``contact_name``, ``email`` or ``password``.
    """
    _checked(session, new)
    if not contact_name.strip():
        raise Invalid("Enter your full name.", field="contact_name")
    user = sign_in.create_account(session, email=email, name=contact_name)
    sign_in.use_link(session, sign_in.invite(session, user).partition("link=")[2], password, sent=False)
    organisation = _store(session, actor_for(user), new)
    user.memberships.append(_host_membership(user.id, organisation))
    notifications.add(
        session,
        user.id,
        event_key=f"confirm-{user.id}",
        subject="Confirm your e-mail address",
        body="Follow the link and choose your password again. That shows us that the address is yours.",
        link=sign_in.invite(session, user),
        kind=MessageKind.ACCOUNT,
    )
    session.flush()
    return organisation


def _host_membership(user_id: int, organisation: Organisation) -> Membership:
    return Membership(
        user_id=user_id, organisation_id=organisation.id, role=Role.HOST, created_at=clock.now()
    )


def _store(session: Session, actor: Actor, new: NewOrganisation) -> Organisation:
    new = _checked(session, new)
    organisation = Organisation(
        name=new.name,
        sector=Sector(new.sector),
        form=new.form,
        about=new.about,
        grade_key=new.grade_key or ("*" if new.sector == Sector.GOVERNMENT else None),
        income_band=new.income_band,
        region_code=new.region_code,
        place_name=new.place_name,
        website=new.website,
        register_scheme=new.register_scheme,
        register_number=new.register_number,
        verification=Verification.PENDING,
        is_demo=actor.is_demo,
        created_at=clock.now(),
    )
    session.add(organisation)
    session.flush()
    audit.record(session, actor, "organisation:register", "organisation", organisation)
    return organisation


def _checked(session: Session, new: NewOrganisation) -> NewOrganisation:
    new = replace(
        new,
        name=" ".join(new.name.split()),
        form=new.form.strip(),
        place_name=new.place_name.strip(),
        about=new.about.strip(),
        website=new.website.strip(),
        income_band=new.income_band or None,
        register_scheme=new.register_scheme or None,
        register_number=(new.register_number or "").strip() or None,
        grade_key=(new.grade_key or "").strip() or None,
    )
    found: dict[str, str | None] = {
        "name": _name_problem(session, new.name),
        "form": "Say what sort of body it is."
        if not new.form
        else length_problem(new.form, 60, "The sort of body"),
        "place_name": length_problem(new.place_name, 120, "The place"),
        "website": _website_problem(new.website),
        "region_code": (
            None if new.region_code in vocabulary.region_names(session) else "Choose a region from the list."
        ),
        **_sector_problems(session, new),
    }
    kept, register_problems = _register(session, new)
    problems = {field: message for field, message in (found | register_problems).items() if message}
    if problems:
        raise Invalid.from_fields(problems)
    return replace(new, register_number=kept)


def _name_problem(session: Session, name: str) -> str | None:
    if len(name) < 2:
        return "Enter the organisation's full name."
    if queries.by_name(session, name=name) is not None:
        return f"{name} is registered already. Ask one of its hosts to add you."
    return length_problem(name, 200, "The name")


def _website_problem(website: str) -> str | None:
    if not website:
        return None
    try:
        parts = urlsplit(website)
    except ValueError:
        parts = urlsplit("")
    if parts.scheme not in ("http", "https") or "." not in parts.netloc or " " in website:
        return "Enter the full web address, such as https://www.example.org"
    return length_problem(website, 300, "The web address")


def _sector_problems(session: Session, new: NewOrganisation) -> dict[str, str | None]:
    if new.sector not in (Sector.GOVERNMENT, Sector.CIVIL_SOCIETY):
        return {"sector": "Choose government or civil society."}
    bands = [band.code for band in reference.income_bands(session)]
    if new.sector == Sector.CIVIL_SOCIETY:
        return {
            "income_band": None if new.income_band in bands else "Choose the band of your yearly income.",
            "grade_key": "Only a government body has a grade table." if new.grade_key else None,
        }
    return {
        "income_band": "A government body has no income band. Leave it empty." if new.income_band else None,
        "grade_key": length_problem(new.grade_key or "", 40, "The grade table"),
    }


def _register(session: Session, new: NewOrganisation) -> tuple[str | None, dict[str, str | None]]:
    """The register number in the form we keep, and what is wrong with it."""
    if new.register_scheme is None and new.register_number is None:
        return None, {}
    if new.register_scheme is None:
        return None, {"register_scheme": "Choose the register that this number is from."}
    if new.register_number is None:
        return None, {"register_number": "Enter the number, or choose no register."}
    try:
        kept = reference.check_identifier(session, new.register_scheme, new.register_number)
    except Invalid as invalid:
        return None, dict(invalid.fields)
    other = queries.by_identifier(session, scheme=new.register_scheme, number=kept)
    if other is not None:
        return None, {
            "register_number": f"{other.name} has this number already. Ask one of its hosts to add you."
        }
    return kept, {}


def verify(session: Session, actor: Actor, ref: str, *, decision: str, note: str) -> Organisation:
    """Record that an organisation is what it says, or is not, with what the decision rests on.

    Done by a programme manager who is not a member of it. Raises NotAllowed, Invalid on ``decision`` or
    ``note``, AlreadyDecided when it stands so already, Refused when it still has live offers.
    """
    organisation = _found(session, ref)
    permissions.require(actor, Permission.ORGANISATION_VERIFY, organisation)
    if decision not in (Verification.VERIFIED, Verification.REFUSED):
        raise Invalid("Choose verified or refused.", field="decision")
    if organisation.verification == decision:
        raise AlreadyDecided(f"{organisation.name} is {decision} already. Nothing was changed.")
    note = note.strip()
    least = int(reference.rule_number(session, "decision.reason_min_characters"))
    if len(note) < least:
        raise Invalid(f"Say what you checked, in at least {least} characters.", field="note")
    if decision == Verification.REFUSED and queries.live_offers(session, organisation_id=organisation.id):
        raise Refused(f"{organisation.name} has live offers. Ask its host to withdraw them first.")
    before = organisation.verification
    organisation.verification = Verification(decision)
    organisation.verification_note = note
    organisation.verified_by_id = actor.user_id
    organisation.verified_at = clock.now()
    organisation.register_checked_on = clock.today()
    event = audit.record(
        session,
        actor,
        "organisation:verify",
        "organisation",
        organisation,
        reason=note,
        detail={"from": before.value, "to": decision},
    )
    session.flush()
    _tell_hosts(session, organisation, event_key=f"audit-{event.id}", note=note)
    return organisation


def _tell_hosts(session: Session, organisation: Organisation, *, event_key: str, note: str) -> None:
    verified = organisation.verification is Verification.VERIFIED
    for host in queries.host_members(session, organisation_id=organisation.id):
        notifications.add(
            session,
            host.id,
            event_key=event_key,
            subject=f"{organisation.name} has {'' if verified else 'not '}been verified"[:200],
            body=("Your offers can now be published." if verified else "Your offers cannot be published.")
            + f" What was said: {note}",
            link="/our-organisation",
        )


def _found(session: Session, ref: str) -> Organisation:
    organisation = queries.by_ref(session, ref=ref.strip().upper())
    if organisation is None:
        raise NotFound(NO_SUCH_ORGANISATION)
    return organisation


def waiting(session: Session, actor: Actor) -> list[Organisation]:
    """The organisations that wait to be verified, longest waiting first. For programme managers."""
    permissions.require(actor, Permission.ORGANISATION_VERIFY)
    return list(queries.in_verification(session, state=Verification.PENDING))


def every(session: Session, actor: Actor, *, text: str = "") -> list[Organisation]:
    """Every organisation by name, or those whose name, number or reference holds ``text``. For managers."""
    permissions.require(actor, Permission.ORGANISATION_VERIFY)
    return list(queries.every(session, text=text))


def mine(session: Session, actor: Actor) -> list[Organisation]:
    """The organisations for which the actor is a host, by name."""
    hosted = actor.organisations(Role.HOST)
    return list(queries.by_ids(session, ids=hosted)) if hosted else []


def hosts(session: Session, actor: Actor, ref: str) -> list[User]:
    """The people who act as host for an organisation. For its hosts and programme managers."""
    organisation = _found(session, ref)
    _require_host_or_manager(actor, organisation)
    return list(queries.host_members(session, organisation_id=organisation.id))


def add_host_member(session: Session, actor: Actor, ref: str, *, name: str, email: str) -> User:
    """Let another person act as host for an organisation; someone new is invited by e-mail.

    Done by one of its hosts, or by a programme manager who is not a party. Raises Invalid on ``email`` or
    ``name``.
    """
    organisation = _found(session, ref)
    _require_host_or_manager(actor, organisation)
    user = people.member(session, actor, email=email, name=name, organisation=organisation, role=Role.HOST)
    audit.record(
        session, actor, "organisation:add_host", "organisation", organisation, detail={"user_id": user.id}
    )
    return user


def _require_host_or_manager(actor: Actor, organisation: Organisation) -> None:
    if not permissions.may(actor, Permission.ORGANISATION_VERIFY, organisation):
        permissions.require(actor, Permission.OFFER_WRITE, organisation)
