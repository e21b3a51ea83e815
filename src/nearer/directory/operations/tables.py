"""Reading and writing many rows of a table of facts at a time.

New rows are copied in. Changed rows travel as one JSON text and are spread in the database by
`json_populate_recordset`, which knows the columns' types: one statement, whatever their number.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, LiteralString

from django.db import connection
from psycopg.sql import SQL, Composable, Identifier

from nearer.directory.rules import Changes, Held

_PROVENANCE = ("source", "source_id", "verified_on", "expires_on")


@dataclass(frozen=True, slots=True)
class FactTable:
    """A table of facts about therapists. The first `key` columns name a fact, the others say something of it."""

    part: str
    name: str
    key: int
    columns: tuple[str, ...]

    @property
    def all_columns(self) -> tuple[str, ...]:
        return ("therapist_id", *self.columns, *_PROVENANCE)


FACTS = (
    FactTable("licences", "directory_licence", 3, ("jurisdiction", "kind", "number", "status")),
    FactTable(
        "locations",
        "directory_location",
        4,
        ("street", "city", "jurisdiction", "postal_code", "name", "phone"),
    ),
    FactTable(
        "services",
        "directory_service",
        1,
        (
            "kind",
            "intake_minutes",
            "session_minutes",
            "ages",
            "telehealth",
            "in_person",
            "intake_fee_cents",
            "session_fee_cents",
        ),
    ),
    FactTable("traits", "directory_trait", 2, ("kind", "code")),
    FactTable("contracts", "directory_contract", 3, ("network_id", "jurisdiction", "starts_on", "ends_on")),
)


def held(table: FactTable, therapist_ids: Collection[int]) -> dict[int, dict[tuple[Any, ...], Held]]:
    """Return the facts of one table about some therapists, by therapist and by what names the fact."""
    facts: dict[int, dict[tuple[Any, ...], Held]] = defaultdict(dict)
    select = _statement(
        "SELECT id, {columns} FROM {table} WHERE therapist_id = ANY(%s)",
        table=Identifier(table.name),
        columns=_listed(table.all_columns),
    )
    with connection.cursor() as cursor:
        cursor.execute(select, [list(therapist_ids)])
        for id_, *values in cursor.fetchall():
            facts[values[0]][tuple(values[1 : 1 + table.key])] = Held(id_, tuple(values), values[-4], values[-2])
    return facts


def withdrawn(table: FactTable, therapist_ids: Collection[int]) -> dict[int, dict[str, date]]:
    """Return what some therapists said is not so, of one table: by therapist and by what names the fact."""
    facts: dict[int, dict[str, date]] = defaultdict(dict)
    select = 'SELECT therapist_id, key, "on" FROM directory_withdrawal WHERE part = %s AND therapist_id = ANY(%s)'
    with connection.cursor() as cursor:
        cursor.execute(select, [table.part, list(therapist_ids)])
        for therapist_id, key, on in cursor.fetchall():
            facts[therapist_id][key] = on
    return facts


def write(table: FactTable, changes: Changes) -> None:
    """Write what is new, changed and gone, in one statement each."""
    if changes.gone:
        delete = _statement("DELETE FROM {table} WHERE id = ANY(%s)", table=Identifier(table.name))
        with connection.cursor() as cursor:
            cursor.execute(delete, [changes.gone])
    update(table.name, table.all_columns, changes.changed)
    insert(table.name, table.all_columns, changes.new)


def insert(name: str, columns: Sequence[str], rows: Sequence[Sequence[object]]) -> None:
    """Write new rows of a table."""
    if not rows:
        return
    statement = _statement("COPY {table} ({columns}) FROM STDIN", table=Identifier(name), columns=_listed(columns))
    with connection.wrap_database_errors, connection.cursor() as cursor, cursor.copy(statement) as copy:
        for row in rows:
            copy.write_row(row)


def update(name: str, columns: Sequence[str], rows: Iterable[tuple[int, Sequence[object]]]) -> None:
    """Write every named column of the rows with these ids."""
    whole = [(id_, *values) for id_, values in rows]
    if not whole:
        return
    statement = _statement(
        "UPDATE {table} AS held SET ({columns}) = ROW({said})"
        " FROM json_populate_recordset(NULL::{table}, %s) AS said WHERE held.id = said.id",
        table=Identifier(name),
        columns=_listed(columns),
        said=SQL(", ").join(Identifier("said", column) for column in columns),
    )
    with connection.cursor() as cursor:
        cursor.execute(statement, [_text(("id", *columns), whole)])


def _statement(text: LiteralString, **parts: Composable) -> str:
    return SQL(text).format(**parts).as_string()


def _listed(columns: Iterable[str]) -> Composable:
    return SQL(", ").join(map(Identifier, columns))


def _text(columns: Sequence[str], rows: Sequence[Sequence[object]]) -> str:
    return json.dumps([dict(zip(columns, row, strict=True)) for row in rows], default=str)
