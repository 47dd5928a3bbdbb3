"""The audit trail is chained; no party to a match decides about it, whoever writes to the database (C4)

Revision: 0006
Follows: 0005
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from db.queries import audit_chain

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

APPEND_ONLY = "The audit trail is append-only."

SQLITE = [
    f"CREATE TRIGGER audit_links_no_{change} BEFORE {change} ON audit_links "
    f"BEGIN SELECT RAISE(ABORT, '{APPEND_ONLY}'); END"
    for change in ("UPDATE", "DELETE")
]
POSTGRES = [
    """CREATE TRIGGER audit_links_no_change BEFORE UPDATE OR DELETE OR TRUNCATE ON audit_links
    FOR EACH STATEMENT EXECUTE FUNCTION refuse_audit_change()""",
]

UNSIGNED = "An approval is decided by a person, who is named with it."
A_PARTY = "Whoever decides this approval must not be a party to the match (C4)."
UNDECIDED = "A placement is opened only once the programme has approved its match."

IS_UNSIGNED = "NEW.state IN ('passed', 'returned', 'refused') AND NEW.decided_by_id IS NULL"
# The host and the line manager decide their own gates by design; nobody at all decides about themselves.
IS_A_PARTY = """EXISTS (
    SELECT 1 FROM matches m JOIN applicants a ON a.id = m.applicant_id JOIN offers o ON o.id = m.offer_id
    WHERE m.id = NEW.match_id AND (
        a.user_id = NEW.decided_by_id
        OR NEW.name NOT IN ('home_release', 'host') AND (
            m.line_manager_id = NEW.decided_by_id
            OR EXISTS (
                SELECT 1 FROM memberships s
                WHERE s.user_id = NEW.decided_by_id AND s.organisation_id IN (a.organisation_id, o.organisation_id)
            )
        )
    )
)"""
IS_UNDECIDED = """NOT EXISTS (
    SELECT 1 FROM gates g WHERE g.match_id = NEW.match_id AND g.name = 'programme' AND g.state = 'passed'
)"""

SQLITE += [
    f"CREATE TRIGGER {name} BEFORE {change} WHEN {wrong} BEGIN SELECT RAISE(ABORT, '{message}'); END"
    for name, change, wrong, message in (
        ("gates_new_signed", "INSERT ON gates", IS_UNSIGNED, UNSIGNED),
        ("gates_signed", "UPDATE OF state, decided_by_id ON gates", IS_UNSIGNED, UNSIGNED),
        ("gates_new_no_party", "INSERT ON gates", IS_A_PARTY, A_PARTY),
        ("gates_no_party", "UPDATE OF state, decided_by_id ON gates", IS_A_PARTY, A_PARTY),
        ("placements_approved", "INSERT ON placements", IS_UNDECIDED, UNDECIDED),
    )
]
POSTGRES += [
    f"""CREATE FUNCTION refuse_gate_decision() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF {IS_UNSIGNED} THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = '{UNSIGNED}'; END IF;
    IF {IS_A_PARTY} THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = '{A_PARTY}'; END IF;
    RETURN NEW; END $$""",
    """CREATE TRIGGER gates_decision BEFORE INSERT OR UPDATE OF state, decided_by_id ON gates
    FOR EACH ROW EXECUTE FUNCTION refuse_gate_decision()""",
    f"""CREATE FUNCTION refuse_placement() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN
    IF {IS_UNDECIDED} THEN RAISE EXCEPTION USING ERRCODE = 'check_violation', MESSAGE = '{UNDECIDED}'; END IF;
    RETURN NEW; END $$""",
    """CREATE TRIGGER placements_approved BEFORE INSERT ON placements
    FOR EACH ROW EXECUTE FUNCTION refuse_placement()""",
]
SQLITE_UNDO = [
    f"DROP TRIGGER {name}"
    for name in ("gates_new_signed", "gates_signed", "gates_new_no_party", "gates_no_party", "placements_approved")
]
POSTGRES_UNDO = [
    "DROP TRIGGER gates_decision ON gates",
    "DROP FUNCTION refuse_gate_decision()",
    "DROP TRIGGER placements_approved ON placements",
    "DROP FUNCTION refuse_placement()",
]


def upgrade() -> None:
    """Make the chain, link the events that were recorded before, and refuse what C4 forbids."""
    op.create_table(
        "audit_links",
        sa.Column("id", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("event_id", sa.Integer(), nullable=False),
        sa.Column("previous_hash", sa.String(64), nullable=False),
        sa.Column("hash", sa.String(64), nullable=False),
        sa.ForeignKeyConstraint(["event_id"], ["audit_events.id"], name="fk_audit_links_event_id_audit_events"),
        sa.PrimaryKeyConstraint("id", name="pk_audit_links"),
        sa.UniqueConstraint("event_id", name="uq_audit_links_event_id"),
        sa.UniqueConstraint("previous_hash", name="uq_audit_links_previous_hash"),
    )
    for statement in SQLITE if op.get_bind().dialect.name == "sqlite" else POSTGRES:
        op.execute(statement)
    with Session(op.get_bind()) as session:
        audit_chain.append_waiting(session)
        session.flush()


def downgrade() -> None:
    """Allow it again, and drop the chain; its own triggers go with the table."""
    for statement in SQLITE_UNDO if op.get_bind().dialect.name == "sqlite" else POSTGRES_UNDO:
        op.execute(statement)
    op.drop_table("audit_links")
