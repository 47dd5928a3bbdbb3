"""The audit trail is chained, and what is there already with it

Revision: 0007
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.orm import Session

from db.queries import audit_chain

revision = "0007"
down_revision = "0004"
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


def upgrade() -> None:
    """Make the chain, refuse every change of it, and link the events that were recorded before."""
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
    """Drop the chain; the triggers go with the table."""
    op.drop_table("audit_links")
