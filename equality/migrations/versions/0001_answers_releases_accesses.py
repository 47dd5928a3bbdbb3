"""Answers by random key, releases, and who read them."""

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Create the three tables. Answers have no row number, which would keep the order in which they came."""
    op.create_table(
        "answers",
        sa.Column("key_hash", sa.String(64), nullable=False),
        sa.Column("given_in", sa.Date(), nullable=False),
        sa.Column("answers", sa.JSON(), nullable=True),
        sa.Column("stopped_in", sa.Date(), nullable=True),
        sa.PrimaryKeyConstraint("key_hash", name="pk_answers"),
        sqlite_with_rowid=False,
    )
    op.create_table(
        "releases",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("released_on", sa.Date(), nullable=False),
        sa.Column("tables", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_releases"),
    )
    op.create_table(
        "accesses",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("on", sa.Date(), nullable=False),
        sa.Column("reader_id", sa.Integer(), nullable=False),
        sa.Column("what", sa.String(20), nullable=False),
        sa.PrimaryKeyConstraint("id", name="pk_accesses"),
    )


def downgrade() -> None:
    """Drop them."""
    op.drop_table("accesses")
    op.drop_table("releases")
    op.drop_table("answers")
