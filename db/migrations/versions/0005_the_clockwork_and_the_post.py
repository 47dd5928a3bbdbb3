"""What the clockwork has done, messages on their way by e-mail, and who wants them

Revision: 0005
Follows: 0004
"""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"
branch_labels = None
depends_on = None

KINDS = ("account", "change", "reminder", "survey")


def _choice(*values: str, name: str) -> sa.Enum:
    return sa.Enum(*values, name=name, native_enum=False, create_constraint=True, length=40)


def upgrade() -> None:
    """Add the tables. Messages written before today have no delivery, so none of them is sent."""
    op.create_table(
        "ticks",
        sa.Column("clock", sa.String(length=40), nullable=False),
        sa.Column("subject", sa.String(length=40), nullable=False),
        sa.Column("subject_id", sa.Integer(), nullable=False),
        sa.Column("since_on", sa.Date(), nullable=False),
        sa.Column("step", sa.String(length=20), nullable=False),
        sa.Column("acted", sa.Boolean(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_ticks")),
        sa.UniqueConstraint("clock", "subject_id", "since_on", "step", name="uq_ticks_step"),
    )
    op.create_index("ix_ticks_subject", "ticks", ["subject", "subject_id"])
    op.create_table(
        "message_preferences",
        sa.Column("user_id", sa.Integer(), nullable=False),
        sa.Column("kind", _choice(*KINDS, name="kind"), nullable=False),
        sa.Column("by_email", sa.Boolean(), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(["user_id"], ["users.id"], name=op.f("fk_message_preferences_user_id_users")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_message_preferences")),
        sa.UniqueConstraint("user_id", "kind", name=op.f("uq_message_preferences_user_id_kind")),
    )
    op.create_table(
        "deliveries",
        sa.Column("notification_id", sa.Integer(), nullable=False),
        sa.Column("channel", _choice("email", name="channel"), nullable=False),
        sa.Column("key", sa.String(length=40), nullable=False),
        sa.Column("state", _choice("pending", "sent", "failed", "not_wanted", name="state"), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("next_try_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("problem", sa.String(length=300), nullable=False),
        sa.Column("id", sa.Integer(), nullable=False),
        sa.ForeignKeyConstraint(
            ["notification_id"], ["notifications.id"], name=op.f("fk_deliveries_notification_id_notifications")
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_deliveries")),
        sa.UniqueConstraint("key", name=op.f("uq_deliveries_key")),
        sa.UniqueConstraint("notification_id", "channel", name=op.f("uq_deliveries_notification_id_channel")),
    )
    op.create_index("ix_deliveries_due", "deliveries", ["state", "next_try_at"])
    with op.batch_alter_table("notifications") as table:
        table.add_column(sa.Column("kind", sa.String(length=40), server_default="change", nullable=False))
        table.create_check_constraint("kind", sa.column("kind").in_(KINDS))
        table.drop_column("sent_at")


def downgrade() -> None:
    """Take them away."""
    with op.batch_alter_table("notifications") as table:
        table.add_column(sa.Column("sent_at", sa.DateTime(timezone=True), nullable=True))
        table.drop_constraint(op.f("ck_notifications_kind"), type_="check")
        table.drop_column("kind")
    op.drop_table("deliveries")
    op.drop_table("message_preferences")
    op.drop_table("ticks")
