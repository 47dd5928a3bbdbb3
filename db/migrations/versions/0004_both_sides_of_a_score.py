"""What each side alone would give a proposal, and a person's balance of using and learning

Revision: 0004
Follows: 0003
"""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Add the columns; earlier proposals have no scores of the two sides apart."""
    with op.batch_alter_table("applicants") as table:
        table.add_column(sa.Column("balance", sa.Double(), nullable=True))
        table.create_check_constraint("balance", "balance IS NULL OR balance BETWEEN 0 AND 1")
    with op.batch_alter_table("proposals") as table:
        table.add_column(sa.Column("host_score", sa.Double(), nullable=True))
        table.add_column(sa.Column("applicant_score", sa.Double(), nullable=True))


def downgrade() -> None:
    """Drop them."""
    with op.batch_alter_table("proposals") as table:
        table.drop_column("applicant_score")
        table.drop_column("host_score")
    with op.batch_alter_table("applicants") as table:
        table.drop_constraint(op.f("ck_applicants_balance"), type_="check")
        table.drop_column("balance")
