"""Reference data about the world: missions, bodies, regions, professions, skills and causes."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

from sqlalchemy import CheckConstraint, ForeignKey, String, Text, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from db.base import Base, choice


class Cited:
    """A row that says since when it applies, until when, who says so, and whether that was checked.

    ``valid_to`` is the last day it applies. ``confirmed`` is true when the fact was read on its source;
    it is false for our own proposals and for facts from memory, which people must see as such.
    """

    valid_from: Mapped[date]
    valid_to: Mapped[date | None]
    source: Mapped[str] = mapped_column(Text)
    confirmed: Mapped[bool]


class Mission(Cited, Base):
    """A government mission, or the foundations that hold everything else. ``position`` orders them."""

    __tablename__ = "missions"
    __table_args__ = (UniqueConstraint("code", "valid_from"),)

    code: Mapped[str] = mapped_column(String(20), index=True)
    name: Mapped[str] = mapped_column(String(200))
    short_name: Mapped[str] = mapped_column(String(60))
    lead_departments: Mapped[str] = mapped_column(String(200))
    lead_confirmed: Mapped[bool]
    position: Mapped[int]
    successor_code: Mapped[str | None] = mapped_column(String(20))


class Milestone(Cited, Base):
    """What a mission promised to reach, how it is measured, and the last reading with its own source."""

    __tablename__ = "milestones"
    __table_args__ = (UniqueConstraint("mission_code", "code", "valid_from"),)

    mission_code: Mapped[str] = mapped_column(String(20), index=True)
    code: Mapped[str] = mapped_column(String(60))
    milestone: Mapped[str] = mapped_column(Text)
    measure: Mapped[str] = mapped_column(Text)
    last_reading: Mapped[str | None] = mapped_column(Text)
    reading_source: Mapped[str | None] = mapped_column(Text)
    reading_confirmed: Mapped[bool]


class GovernmentBody(Cited, Base):
    """A live organisation of the GOV.UK register. ``parents`` holds their slugs, as there."""

    __tablename__ = "government_bodies"

    slug: Mapped[str] = mapped_column(String(200), unique=True)
    title: Mapped[str] = mapped_column(String(300))
    abbreviation: Mapped[str | None] = mapped_column(String(60), index=True)
    kind: Mapped[str] = mapped_column(String(60))
    parents: Mapped[str | None] = mapped_column(Text)
    web_url: Mapped[str] = mapped_column(String(300))
    read_on: Mapped[date]


class Region(Cited, Base):
    """An ITL1 region, or ``REMOTE``. Latitude and longitude mark the middle of its postcode districts."""

    __tablename__ = "regions"

    code: Mapped[str] = mapped_column(String(10), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    country: Mapped[str] = mapped_column(String(40))
    ons_code: Mapped[str | None] = mapped_column(String(12))
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]


class Profession(Cited, Base):
    """A government profession."""

    __tablename__ = "professions"

    code: Mapped[str] = mapped_column(String(60), unique=True)
    name: Mapped[str] = mapped_column(String(120))


class SkillScheme(StrEnum):
    """Which vocabulary a skill comes from."""

    GDAD = "gdad"
    ESCO = "esco"
    BEHAVIOUR = "behaviour"


class Skill(Cited, Base):
    """One skill of the vocabulary that both sectors share (G4).

    ``code`` is short and stable (``gdad:user-focus``, ``esco:manage-volunteers``, ``beh:leadership``);
    ``uri`` is the ESCO address where there is one; ``theme`` groups skills for people who browse.
    """

    __tablename__ = "skills"

    code: Mapped[str] = mapped_column(String(120), unique=True)
    name: Mapped[str] = mapped_column(String(200))
    description: Mapped[str | None] = mapped_column(Text)
    scheme: Mapped[SkillScheme] = mapped_column(choice(SkillScheme, "skill_scheme"))
    kind: Mapped[str] = mapped_column(String(20))
    theme: Mapped[str] = mapped_column(String(60))
    uri: Mapped[str | None] = mapped_column(String(120))


class SkillLevel(Cited, Base):
    """What it means to hold a skill at level 1 (awareness) to 4 (expert)."""

    __tablename__ = "skill_levels"
    __table_args__ = (
        UniqueConstraint("skill_code", "level", "valid_from"),
        CheckConstraint("level BETWEEN 1 AND 4", name="level"),
    )

    skill_code: Mapped[str] = mapped_column(ForeignKey("skills.code"), index=True)
    level: Mapped[int]
    name: Mapped[str] = mapped_column(String(40))
    meaning: Mapped[str] = mapped_column(Text)


class RelationKind(StrEnum):
    """How two skills stand: ESCO's optional and essential, or close by our proposal."""

    OPTIONAL = "optional"
    ESSENTIAL = "essential"
    CLOSE = "close"


class SkillRelation(Cited, Base):
    """Two skills that belong together: the second helps with, or stands for, the first."""

    __tablename__ = "skill_relations"
    __table_args__ = (UniqueConstraint("skill_code", "related_code", "valid_from"),)

    skill_code: Mapped[str] = mapped_column(ForeignKey("skills.code"), index=True)
    related_code: Mapped[str] = mapped_column(ForeignKey("skills.code"), index=True)
    kind: Mapped[RelationKind] = mapped_column(choice(RelationKind, "relation_kind"))


class Behaviour(Cited, Base):
    """One of the nine Civil Service behaviours; also a skill of the same code."""

    __tablename__ = "behaviours"

    code: Mapped[str] = mapped_column(ForeignKey("skills.code"), unique=True)
    name: Mapped[str] = mapped_column(String(80))
    position: Mapped[int]


class BehaviourStatement(Cited, Base):
    """What a behaviour looks like at a range of levels, as published."""

    __tablename__ = "behaviour_statements"
    __table_args__ = (UniqueConstraint("behaviour_code", "grades", "position", "valid_from"),)

    behaviour_code: Mapped[str] = mapped_column(ForeignKey("behaviours.code"), index=True)
    grades: Mapped[str] = mapped_column(String(40))
    level_from: Mapped[int]
    level_to: Mapped[int]
    position: Mapped[int]
    statement: Mapped[str] = mapped_column(Text)


class CauseTag(Cited, Base):
    """A UK Charity Activity Tag. ``scored`` is false where a tag must never move a rank (C8)."""

    __tablename__ = "cause_tags"

    code: Mapped[str] = mapped_column(String(10), unique=True)
    name: Mapped[str] = mapped_column(String(120))
    category: Mapped[str] = mapped_column(String(120))
    subcategory: Mapped[str | None] = mapped_column(String(120))
    depth: Mapped[int]
    note: Mapped[str | None] = mapped_column(Text)
    scored: Mapped[bool]


class CauseMission(Cited, Base):
    """A cause tag that speaks for a mission (our proposal, editable)."""

    __tablename__ = "cause_missions"
    __table_args__ = (UniqueConstraint("mission_code", "cause_code", "valid_from"),)

    mission_code: Mapped[str] = mapped_column(String(20), index=True)
    cause_code: Mapped[str] = mapped_column(ForeignKey("cause_tags.code"), index=True)
