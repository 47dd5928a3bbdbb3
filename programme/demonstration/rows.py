"""Rows that wait to be inserted together: ids are given out at once, so that rows can point at each other."""

from collections.abc import Callable, Iterable
from random import Random
from typing import Any

from sqlalchemy import Table, func, insert, select, text
from sqlalchemy.orm import Session

from db.base import REF_ALPHABET, Base

CHUNK = 5_000


class Rows:
    """A basket of rows for one transaction, inserted table by table, those that others point at first.

    References are drawn from ``rng``, so that the same seed gives the same references.
    """

    def __init__(self, session: Session, rng: Random) -> None:
        """Start with an empty basket."""
        self.session = session
        self.rng = rng
        self._waiting: dict[Table, list[dict[str, Any]]] = {}
        self._last: dict[Table, int] = {}
        self._blank: dict[Table, dict[str, Any]] = {}
        self._refs: set[str] = set()
        self._by_id: dict[tuple[Table, int], dict[str, Any]] = {}
        self.counts: dict[str, int] = {}

    def add(self, model: type[Base], **values: Any) -> int:
        """Put one row in the basket and give back its id. Columns that are not named get their default."""
        table = table_of(model)
        row_id = self._next_id(table)
        row = {name: value() if callable(value) else value for name, value in self._blanks(table).items()}
        row.update(values, id=row_id)
        self._waiting.setdefault(table, []).append(row)
        self._by_id[(table, row_id)] = row
        return row_id

    def change_last(self, model: type[Base], **values: Any) -> None:
        """Change the row of ``model`` that was put in the basket last."""
        self._waiting[table_of(model)][-1].update(values)

    def row(self, model: type[Base], row_id: int) -> dict[str, Any]:
        """A row of this basket, inserted or not. Changes count only before it is inserted."""
        return self._by_id[(table_of(model), row_id)]

    def waiting(self, model: type[Base]) -> list[dict[str, Any]]:
        """The rows of ``model`` that have not been inserted yet."""
        return self._waiting.get(table_of(model), [])

    def ref(self, prefix: str) -> str:
        """A reference such as ``OFR-7K3M2B`` that was not given before in this basket."""
        while True:
            found = f"{prefix}-" + "".join(self.rng.choices(REF_ALPHABET, k=6))
            if found not in self._refs:
                self._refs.add(found)
                return found

    def flush(self) -> None:
        """Insert everything that waits."""
        for table in in_order(self._waiting):
            rows = self._waiting[table]
            insert_all(self.session, table, rows)
            self.counts[table.name] = self.counts.get(table.name, 0) + len(rows)
        tables = list(self._waiting)
        self._waiting.clear()
        advance_sequences(self.session, tables)

    def _next_id(self, table: Table) -> int:
        if table not in self._last:
            self._last[table] = last_id(self.session, table)
        self._last[table] += 1
        return self._last[table]

    def _blanks(self, table: Table) -> dict[str, Any]:
        if table not in self._blank:
            self._blank[table] = {column.name: _blank(column) for column in table.columns}
        return self._blank[table]


def table_of(model: type[Base]) -> Table:
    """The table of a model."""
    table = model.__table__
    assert isinstance(table, Table)
    return table


def _blank(column: Any) -> Any:
    if column.name == "version":
        return 1
    default = column.default
    if default is None or column.name == "ref":
        return None
    if default.is_scalar:
        return default.arg
    return _maker(default.arg)


def _maker(make: Callable[[Any], Any]) -> Callable[[], Any]:
    return lambda: make(None)


def in_order(tables: Iterable[Table]) -> list[Table]:
    """Tables in the order in which they can be filled: users first, since organisations point at them too."""
    order = {table.name: place for place, table in enumerate(Base.metadata.sorted_tables)}
    return sorted(tables, key=lambda table: (table.name != "users", order[table.name]))


def last_id(session: Session, table: Table) -> int:
    """The greatest id in ``table``, 0 when it is empty."""
    return int(session.scalar(select(func.coalesce(func.max(table.c.id), 0))) or 0)


def insert_all(session: Session, table: Table, rows: Iterable[dict[str, Any]]) -> None:
    """Insert rows in chunks, through the driver's own bulk insert."""
    waiting = list(rows)
    for start in range(0, len(waiting), CHUNK):
        session.execute(insert(table), waiting[start : start + CHUNK])


def advance_sequences(session: Session, tables: Iterable[Table]) -> None:
    """Tell PostgreSQL that ids were given out by hand; SQLite works it out for itself."""
    if session.get_bind().dialect.name != "postgresql":
        return
    for table in tables:
        session.execute(
            text(
                f"SELECT setval(pg_get_serial_sequence('{table.name}', 'id'), "
                f"(SELECT max(id) FROM {table.name}))"
            )
        )
