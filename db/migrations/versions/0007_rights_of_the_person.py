"""Complaints, contests, and what an application keeps of its score and its notice

Revision: 0007
Follows: 0006
"""

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add what a person's rights need."""
    _add_complaints()
    _add_contests()
    _add_purges()
    for name in ("matches", "placements"):
        with op.batch_alter_table(name) as table:
            table.add_column(sa.Column("purged_at", sa.DateTime(timezone=True), nullable=True))
    with op.batch_alter_table("applications") as table:
        table.add_column(sa.Column("purged_at", sa.DateTime(timezone=True), nullable=True))
        table.add_column(sa.Column("score_parts", sa.JSON(), nullable=True))
        table.add_column(sa.Column("score_sentence", sa.Text(), nullable=False, server_default=""))
        table.add_column(sa.Column("notice_version", sa.String(length=20), nullable=False, server_default=""))
    with op.batch_alter_table("applications") as table:
        table.alter_column("score_sentence", server_default=None)
        table.alter_column("notice_version", server_default=None)


def downgrade() -> None:
    """Drop it."""
    with op.batch_alter_table("applications") as table:
        for name in ("purged_at", "notice_version", "score_sentence", "score_parts"):
            table.drop_column(name)
    for name in ("matches", "placements"):
        op.drop_column(name, "purged_at")  # in place: a copy of the table would lose its triggers
    op.drop_table("purges")
    op.drop_table("contests")
    op.drop_table("complaints")


def _add_complaints() -> None:
    op.create_table(
        "complaints",
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("state", _choice("state", "received", "acknowledged", "answered"), nullable=False),
        sa.Column("state_since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("made_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("acknowledge_by_on", sa.Date(), nullable=False),
        sa.Column("answer_by_on", sa.Date(), nullable=False),
        sa.Column("acknowledged_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answer", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_complaints_user_id_users")),
        sa.ForeignKeyConstraint(
            ["answered_by_id"], ["users.id"], name=op.f("fk_complaints_answered_by_id_users")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_complaints")),
        sa.UniqueConstraint("ref", name=op.f("uq_complaints_ref")),
    )
    op.create_index("ix_complaints_state", "complaints", ["state", "answer_by_on"])
    op.create_index(op.f("ix_complaints_user_id"), "complaints", ["user_id"])


def _add_contests() -> None:
    op.create_table(
        "contests",
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("applicant_id", sa.Integer(), nullable=False),
        sa.Column("offer_id", sa.Integer(), nullable=False),
        sa.Column("application_id", sa.Integer(), nullable=True),
        sa.Column("about", _choice("about", "rank", "decision"), nullable=False),
        sa.Column("first_decider_id", sa.Integer(), nullable=True),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("shown", sa.JSON(), nullable=False),
        sa.Column("state", _choice("state", "open", "answered"), nullable=False),
        sa.Column("state_since_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("asked_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("answer_by_on", sa.Date(), nullable=False),
        sa.Column("answered_by_id", sa.Integer(), nullable=True),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("outcome_code", sa.String(length=60), nullable=True),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.CheckConstraint(
            "answered_by_id <> first_decider_id", name=op.f("ck_contests_another_person_answers")
        ),
        sa.CheckConstraint(
            "about = 'rank' OR first_decider_id IS NOT NULL", name=op.f("ck_contests_a_decision_has_a_decider")
        ),
        *(
            sa.ForeignKeyConstraint([column], [f"{table}.id"], name=op.f(f"fk_contests_{column}_{table}"))
            for column, table in (
                ("applicant_id", "applicants"),
                ("offer_id", "offers"),
                ("application_id", "applications"),
                ("first_decider_id", "users"),
                ("answered_by_id", "users"),
            )
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_contests")),
        sa.UniqueConstraint("ref", name=op.f("uq_contests_ref")),
    )
    op.create_index(op.f("ix_contests_applicant_id"), "contests", ["applicant_id"])
    op.create_index(
        "uq_contests_open", "contests", ["applicant_id", "offer_id"], unique=True,
        sqlite_where=sa.text("state = 'open'"), postgresql_where=sa.text("state = 'open'"),
    )


def _add_purges() -> None:
    op.create_table(
        "purges",
        sa.Column("ref", sa.String(length=20), nullable=False),
        sa.Column("kind", sa.String(length=40), nullable=False),
        sa.Column("before_on", sa.Date(), nullable=False),
        sa.Column("counts", sa.JSON(), nullable=False),
        sa.Column("purged_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("purged_by_id", sa.Integer(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["purged_by_id"], ["users.id"], name=op.f("fk_purges_purged_by_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_purges")),
        sa.UniqueConstraint("ref", name=op.f("uq_purges_ref")),
    )


def _choice(name: str, *values: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)
