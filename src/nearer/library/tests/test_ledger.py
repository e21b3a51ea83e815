"""The ledger only grows, in one chain, whoever writes at once; and it says so when it was touched."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from unittest.mock import patch

import pytest
from django.db import DatabaseError, IntegrityError, ProgrammingError, connection, transaction

from nearer.library import api
from nearer.library.models import Edition, LedgerEvent, SignOff
from nearer.library.operations import ledger
from nearer.library.operations.ledger import Step, append
from nearer.library.rules.chain import GENESIS
from nearer.library.tests.texts import NOW, an_article, check_now, published

pytestmark = pytest.mark.django_db

TABLES = ("library_article", "library_ledgerevent", "library_edition", "library_signoff")


def a_step(text: str = "a") -> Step:
    return Step(article="en/small-steps", step="changed", text_hash="0" * 64, who="Ana", comment=text)


def run(statement: str) -> None:
    with connection.cursor() as cursor, transaction.atomic():
        cursor.execute(statement)


@contextmanager
def unguarded() -> Iterator[None]:
    """Switch the database's refusals off, as somebody with every right to the database could."""
    switch("DISABLE")
    yield
    switch("ENABLE")


def switch(which: str) -> None:
    check_now()  # a table with something left to check can't be altered
    for table in TABLES:
        run(f"ALTER TABLE {table} {which} TRIGGER USER")


@pytest.fixture(autouse=True)
def _all_triggers(request: pytest.FixtureRequest) -> None:
    """Other tests empty the tables when they end, so the test database lets that pass; here nothing does."""
    if "race" not in request.keywords:
        switch("ENABLE")


def test_each_row_follows_from_the_one_before() -> None:
    first, second = append(a_step(), now=NOW), append(a_step("b"), now=NOW)
    assert (first.position, first.previous) == (1, GENESIS)
    assert (second.position, second.previous) == (2, first.hash)
    assert json.loads(second.record)["comment"] == "b"
    second.refresh_from_db()
    assert (second.article, second.step) == ("en/small-steps", "changed")


REWRITES = [
    "UPDATE library_ledgerevent SET seal = ''",
    *(f"DELETE FROM {table}" for table in TABLES[1:]),
    *(f"TRUNCATE {table} CASCADE" for table in TABLES[1:]),
]


@pytest.mark.parametrize("statement", REWRITES)
def test_the_database_refuses(statement: str) -> None:
    published(an_article())
    with pytest.raises(ProgrammingError, match="kept as it was written"):
        run(statement)
    assert LedgerEvent.objects.exists()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE library_edition SET made_at = now()",
        "UPDATE library_edition SET content = content || ' '",
        "UPDATE library_signoff SET signature = ''",
        "UPDATE library_signoff SET due_on = due_on + 1000",
        "UPDATE library_signoff SET voided_at = now(), due_on = due_on + 1000",
    ],
)
def test_what_was_signed_is_not_changed_by(statement: str) -> None:
    published(an_article())
    with pytest.raises(DatabaseError):
        run(statement)


def test_a_signature_that_was_taken_back_is_not_given_again() -> None:
    article = an_article()
    published(article)
    with unguarded():
        run("UPDATE library_signoff SET voided_at = now() + interval '1 year'")
    with pytest.raises(ProgrammingError, match="kept as it was written"):
        run("UPDATE library_signoff SET voided_at = NULL")


@pytest.mark.parametrize("changes", [{"position": 5}, {"previous": "1" * 64}])
def test_a_row_that_does_not_follow_is_refused(changes: dict[str, object]) -> None:
    last = append(a_step(), now=NOW)
    told = {"position": 2, "previous": last.hash, "hash": "2" * 64, "record": '{"article":"x","step":"y"}', "seal": ""}
    with pytest.raises(IntegrityError, match="does not follow"), transaction.atomic():
        LedgerEvent.objects.create(**{**told, **changes})


def test_a_signature_that_the_ledger_does_not_tell_of_is_refused() -> None:
    article = published(an_article())
    one = SignOff.objects.get()
    edition = Edition.objects.get(article=article)
    with pytest.raises(IntegrityError, match="does not tell of"), transaction.atomic():
        SignOff.objects.create(
            edition=edition,
            part="second",
            reviewer_id=one.reviewer_id,
            statement=one.statement,
            key_id=one.key_id,
            signature=one.signature,
            ledger_position=1,
            signed_at=NOW,
            due_on=one.due_on,
        )


def three_rows() -> None:
    for text in "abc":
        append(a_step(text), now=NOW)


def sentences() -> tuple[str, ...]:
    return api.verify().wrong


TOUCHES = {
    "UPDATE library_ledgerevent SET record = replace(record, 'Ana', 'Ann') WHERE position = 2": "is “n” and was “a”",
    "UPDATE library_ledgerevent SET record = replace(record, 'Ana', 'Nobody') WHERE position = 2": "more than one byte",
    "UPDATE library_ledgerevent SET record = record || ' ' WHERE position = 2": "not in the form it was written in",
    "UPDATE library_ledgerevent SET seal = repeat('0', 64) WHERE position = 2": "this installation’s key (column seal)",
    "UPDATE library_ledgerevent SET previous = repeat('1', 64) WHERE position = 2": "does not follow from row 1",
    "DELETE FROM library_ledgerevent WHERE position = 2": "row 2 is missing",
}


@pytest.mark.parametrize("statement", TOUCHES)
def test_a_row_changed_by_hand_is_found_and_named(statement: str) -> None:
    three_rows()
    assert sentences() == ()
    with unguarded():
        run(statement)
    assert TOUCHES[statement] in sentences()[0]
    assert "row 2" in sentences()[0]


def test_a_chain_written_anew_without_the_key_is_found() -> None:
    """Somebody who can compute every hash still can't make the seals."""
    three_rows()
    with patch.object(ledger, "sealed", lambda digest: digest), unguarded():
        run("DELETE FROM library_ledgerevent")
        three_rows()
    assert len(sentences()) == 3


def test_a_ledger_that_was_cut_short_is_found_by_the_end_that_was_noted() -> None:
    three_rows()
    head = api.verify().head
    assert api.verify(head=head).wrong == ()
    with unguarded():
        run("DELETE FROM library_ledgerevent WHERE position = 3")
    assert api.verify().wrong == ()
    assert "row 3" in api.verify(head=head).wrong[0]


def at_once(work: Callable[[], object], times: int) -> int:
    """Do the same in as many connections at once; return how many succeeded."""

    def alone(_: int) -> bool:
        try:
            work()
        except DatabaseError:
            return False
        finally:
            connection.close()
        return True

    with ThreadPoolExecutor(8) as pool:
        return sum(pool.map(alone, range(times)))


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_many_at_once_write_one_chain() -> None:
    assert at_once(lambda: append(a_step(), now=NOW), 40) == 40
    assert list(LedgerEvent.objects.order_by("position").values_list("position", flat=True)) == list(range(1, 41))
    assert sentences() == ()


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_without_the_lock_some_fail_and_still_no_chain_forks() -> None:
    """The control: where all succeed without the lock, the race above proves nothing."""
    numbers = iter(range(1, 1_000_000))

    def unlocked() -> None:
        with patch.object(ledger, "LOCK", next(numbers)):
            append(a_step(), now=NOW)

    assert any(at_once(unlocked, 40) < 40 for _ in range(5))
    assert sentences() == ()
