"""The organisations of the demonstration programme and everybody who works for them but is not an applicant."""

from dataclasses import dataclass, field
from datetime import datetime, timedelta
from random import Random

from db.models.organisations import Organisation, Sector, Verification
from db.models.users import Membership, Role, User
from programme.demonstration.identities import IDENTITIES, Identity
from programme.demonstration.rows import Rows
from programme.demonstration.texts import table, toml

INVENTED = "This organisation is invented for the demonstration."
FAR_BACK = timedelta(days=900)
PLURAL_ROLES = {Role.HOST: "host", Role.LINE_MANAGER: "manager"}


@dataclass(slots=True)
class Body:
    """An organisation of the demonstration, with the people who act for it."""

    id: int
    key: str
    name: str
    sector: Sector
    region: str
    place: str
    themes: frozenset[str]
    cause: str
    people: str
    about: str
    band: str | None
    main_theme: str = ""
    host_id: int = 0
    manager_id: int = 0

    @property
    def short_name(self) -> str:
        """The name without the word that says it is invented."""
        return self.name.removesuffix(" (demonstration)")


@dataclass(slots=True)
class Cast:
    """Who there is before the first applicant: organisations by key, identities and staff by role."""

    bodies: dict[str, Body] = field(default_factory=dict)
    staff: dict[Role, int] = field(default_factory=dict)
    identity_ids: dict[str, int] = field(default_factory=dict)
    emails: set[str] = field(default_factory=set)

    def of(self, sector: Sector) -> list[Body]:
        """The verified organisations of one sector, in file order."""
        return [body for body in self.bodies.values() if body.sector is sector]


def add_cast(rows: Rows, rng: Random, now: datetime) -> Cast:
    """Add identities first (so that they have the first ids), then organisations, memberships and colleagues."""
    cast = Cast()
    since = now - FAR_BACK
    for identity in IDENTITIES:
        user_id = rows.add(
            User, email=identity.email, name=identity.name, is_active=True, is_demo=True, created_at=since
        )
        cast.identity_ids[identity.email] = user_id
        cast.emails.add(identity.email)
        cast.staff.setdefault(identity.role, user_id)
    _add_bodies(rows, cast, since)
    for identity in IDENTITIES:
        _join(rows, cast, identity, since)
    for body in cast.bodies.values():
        for role in (Role.HOST, Role.LINE_MANAGER):
            _colleague(rows, rng, cast, body, role, since)
    _add_waiting(rows, rng, cast, now)
    return cast


def person_name(rng: Random) -> str:
    """An invented name; the two halves usually come from the same part of the names list."""
    pools = toml("names")["pool"]
    weights = [len(pool["given"]) for pool in pools]
    given, family = rng.choices(pools, weights, k=2)
    if rng.random() < 0.85:
        family = given
    return f"{rng.choice(given['given'])} {rng.choice(family['family'])}"


def new_email(cast: Cast, name: str, body_key: str) -> str:
    """An address under ``.example``, which can never be delivered to."""
    stem = name.lower().replace(" ", ".").replace("'", "")
    email, n = f"{stem}@{body_key}.example", 2
    while email in cast.emails:
        email, n = f"{stem}{n}@{body_key}.example", n + 1
    cast.emails.add(email)
    return email


def new_user(rows: Rows, cast: Cast, name: str, body: Body, role: Role, since: datetime) -> int:
    """A colleague with one role for one organisation."""
    user_id = rows.add(
        User, email=new_email(cast, name, body.key), name=name, is_active=True, is_demo=True, created_at=since
    )
    rows.add(Membership, user_id=user_id, organisation_id=body.id, role=role, created_at=since)
    return user_id


def _add_bodies(rows: Rows, cast: Cast, since: datetime) -> None:
    for number, raw in enumerate((*table("government"), *table("charities")), start=1):
        government = "income_band" not in raw
        registered = not government and raw["form"] == "charity" and number % 2 == 0
        scheme = "ccew" if registered and raw["region_code"] not in ("TLM", "TLN") else None
        body = Body(
            id=0,
            key=raw["key"],
            name=raw["name"],
            sector=Sector.GOVERNMENT if government else Sector.CIVIL_SOCIETY,
            region=raw["region_code"],
            place=raw["place_name"],
            themes=frozenset(raw["themes"].split()),
            cause=raw["cause"],
            people=raw.get("people", ""),
            about=raw["about"],
            band=raw.get("income_band"),
            main_theme=raw["themes"].split()[0],
        )
        body.id = _add_organisation(
            rows, body, raw["form"], since,
            scheme=scheme,
            number=f"00000{number:02d}" if scheme else None,
            verified_by=cast.staff[Role.PROGRAMME_MANAGER],
        )  # fmt: skip
        cast.bodies[body.key] = body


def _add_organisation(
    rows: Rows,
    body: Body,
    form: str,
    since: datetime,
    *,
    scheme: str | None = None,
    number: str | None = None,
    verified_by: int | None = None,
) -> int:
    return rows.add(
        Organisation,
        ref=rows.ref("ORG"),
        name=body.name,
        sector=body.sector,
        form=form,
        about=f"{body.about} {INVENTED}",
        grade_key="*" if body.sector is Sector.GOVERNMENT else None,
        income_band=body.band,
        region_code=body.region,
        place_name=body.place,
        website=f"https://{body.key}.example",
        register_scheme=scheme,
        register_number=number,
        verification=Verification.VERIFIED if verified_by else Verification.PENDING,
        verified_by_id=verified_by,
        verified_at=since + timedelta(days=7) if verified_by else None,
        verification_note="Invented number: no register holds it." if scheme else "",
        is_demo=True,
        created_at=since,
    )


def _join(rows: Rows, cast: Cast, identity: Identity, since: datetime) -> None:
    user_id = cast.identity_ids[identity.email]
    body = cast.bodies[identity.organisation] if identity.organisation else None
    rows.add(
        Membership,
        user_id=user_id,
        organisation_id=body.id if body else None,
        role=identity.role,
        created_at=since,
    )
    if body and identity.role is Role.HOST:
        body.host_id = user_id
    if body and identity.role is Role.LINE_MANAGER:
        body.manager_id = user_id


def _colleague(rows: Rows, rng: Random, cast: Cast, body: Body, role: Role, since: datetime) -> None:
    attribute = f"{PLURAL_ROLES[role]}_id"
    if not getattr(body, attribute):
        setattr(body, attribute, new_user(rows, cast, person_name(rng), body, role, since))


def _add_waiting(rows: Rows, rng: Random, cast: Cast, now: datetime) -> None:
    """Organisations that nobody has verified yet, and one that was refused."""
    for days, raw in enumerate(table("waiting_charities"), start=2):
        since = now - timedelta(days=days)
        body = Body(
            0, raw["key"], raw["name"], Sector.CIVIL_SOCIETY, raw["region_code"], raw["place_name"],
            frozenset(), raw["cause"], raw["people"], raw["about"], raw["income_band"],
        )  # fmt: skip
        body.id = _add_organisation(rows, body, raw["form"], since)
        new_user(rows, cast, person_name(rng), body, Role.HOST, since)
        if raw["verification"] == Verification.REFUSED:
            rows.change_last(
                Organisation,
                verification=Verification.REFUSED,
                verified_by_id=cast.staff[Role.PROGRAMME_MANAGER],
                verified_at=now - timedelta(days=1),
                verification_note=raw["note"],
            )
