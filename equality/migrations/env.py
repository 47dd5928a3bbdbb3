"""Alembic's entry point: it runs on the connection that ``equality.migrate`` hands over."""

from alembic import context

from equality.models import EqualityBase

context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=EqualityBase.metadata,
    render_as_batch=True,
    compare_type=True,
)
with context.begin_transaction():
    context.run_migrations()
