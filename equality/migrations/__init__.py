"""Alembic migrations, numbered; ``equality.migrate`` runs them."""
