"""A pool that is kept up to date is the pool one would build now."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from random import Random
from threading import Thread

import numpy as np
import psycopg
import pytest
from django.db import connection, transaction
from pytest_django import DjangoAssertNumQueries

from nearer.directory.models import Licence, Network, Therapist, Trait
from nearer.directory.tests.builders import a_contract, a_network, a_trait
from nearer.matching.engine.bitmaps import WORDS
from nearer.matching.engine.columns import MASKS
from nearer.matching.engine.pool import Pool
from nearer.matching.models import Candidate
from nearer.matching.projection import mask
from nearer.matching.queries.pools import SHELF, Key, Shelf, pool_of
from nearer.matching.tests.builders import NOW, projected, someone_free
from nearer.scheduling.models import Diary, Hours

pytestmark = pytest.mark.django_db(transaction=True)
KEY = Key("MA", "individual")


@pytest.fixture(autouse=True)
def _nothing_kept() -> Iterator[None]:
    SHELF.clear()
    yield
    SHELF.clear()


def told(pool: Pool) -> dict[int, tuple[object, ...]]:
    """Return what a pool says of everyone who may be seen in Massachusetts."""
    place = mask("jurisdiction", ["MA"])
    rows: dict[int, tuple[object, ...]] = {}
    for row, therapist_id in enumerate(pool.ids.tolist()):
        masks = tuple(int(getattr(pool, name)[row]) for name in MASKS)
        if not (masks[0] | masks[1]) & place:
            continue
        networks = {
            code
            for index, code in enumerate(pool.network_codes)
            if int(pool.networks[index // 64, row]) >> (index % 64) & 1
        }
        openings = tuple(pool.openings[:, row].tolist())
        rows[therapist_id] = (masks, frozenset(networks), int(pool.ages[row]), bool(pool.pays_self[row]), openings)
    return rows


def seen(pool: Pool) -> set[int]:
    return set(told(pool))


def rebuilt(now: datetime = NOW) -> Pool:
    return pool_of(KEY, now=now, shelf=Shelf())


def change_something(random: Random, therapists: list[Therapist], network: Network) -> None:
    therapist = random.choice(therapists)
    match random.randrange(7):
        case 0:
            Licence.objects.filter(therapist=therapist).update(status=random.choice(["active", "suspended"]))
        case 1:
            Therapist.objects.filter(pk=therapist.pk).update(accepting=random.random() < 0.7)
        case 2:
            Hours.objects.filter(diary_id=therapist.pk).update(start_minute=random.randrange(0, 12) * 60)
        case 3:
            Trait.objects.filter(therapist=therapist).delete()
            a_trait(therapist, kind="concern", code=random.choice(["closeness", "trust"]))
        case 4:
            therapist.contracts.all().delete()
            a_contract(therapist, random.choice([network, a_network()]))
        case 5:
            therapists.append(someone_free())
        case _:
            Diary.objects.filter(pk=therapist.pk).update(caseload_limit=random.choice([0, 40]))


@pytest.mark.parametrize("seed", range(3))
def test_a_refreshed_pool_equals_a_rebuilt_one(seed: int) -> None:
    random, network = Random(seed), a_network()
    therapists = [someone_free(networks=[network]) for _ in range(4)]
    for step in range(12):
        change_something(random, therapists, network)
        now = NOW + timedelta(hours=5 * step)
        projected(now)
        assert told(pool_of(KEY, now=now)) == told(rebuilt(now))


def test_a_pool_is_refreshed_in_one_query(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    someone_free()
    projected()
    with django_assert_num_queries(1):
        pool_of(KEY, now=NOW)
    with django_assert_num_queries(1):
        kept = pool_of(KEY, now=NOW)
    with django_assert_num_queries(1):
        assert pool_of(KEY, now=NOW) is kept
    someone_free()
    projected()
    with django_assert_num_queries(1):
        assert len(pool_of(KEY, now=NOW)) == 2


def test_a_change_is_seen_however_late_it_is_committed() -> None:
    """A row written before others but committed after them has the lower number, and is still found."""
    early, late = someone_free(), someone_free()
    projected()
    assert len(pool_of(KEY, now=NOW)) == 2
    database = {**connection.get_connection_params()}
    for unknown in ("cursor_factory", "context", "server_side_binding", "prepare_threshold"):
        database.pop(unknown, None)
    with psycopg.connect(**database) as other:
        other.execute("UPDATE matching_candidate SET listed = false WHERE therapist_id = %s", [early.pk])
        Candidate.objects.filter(therapist=late).update(listed=False)
        assert seen(pool_of(KEY, now=NOW)) == {early.pk}
        other.commit()
    assert seen(pool_of(KEY, now=NOW)) == set()


def test_a_restored_database_is_not_read_whole_for_every_answer() -> None:
    """A restored row says in which transaction of another server it was changed, one that ours has not reached."""
    therapist = someone_free()
    projected()
    with connection.cursor() as cursor:
        cursor.execute("ALTER TABLE matching_candidate DISABLE TRIGGER USER")
        cursor.execute("UPDATE matching_candidate SET changed_in = 9000000000000")
        cursor.execute("ALTER TABLE matching_candidate ENABLE TRIGGER USER")
    kept = pool_of(KEY, now=NOW)
    assert seen(kept) == {therapist.pk}
    assert pool_of(KEY, now=NOW) is kept
    Candidate.objects.update(listed=False)
    assert seen(pool_of(KEY, now=NOW)) == set()


def test_whoever_is_deleted_leaves_the_pool() -> None:
    stays, gone = someone_free(), someone_free()
    projected()
    assert len(pool_of(KEY, now=NOW)) == 2
    gone.delete()
    assert seen(pool_of(KEY, now=NOW)) == {stays.pk}


def test_what_may_be_rolled_back_is_kept_by_nobody() -> None:
    someone_free()
    projected()
    with transaction.atomic():
        Candidate.objects.all().update(listed=False)
        assert len(pool_of(KEY, now=NOW)) == 0
        transaction.set_rollback(True)
    assert len(pool_of(KEY, now=NOW)) == 1


def test_a_new_day_moves_the_openings_of_a_kept_pool() -> None:
    someone_free()
    projected()
    before = pool_of(KEY, now=NOW)
    after = pool_of(KEY, now=NOW + timedelta(days=1))
    assert after.anchor == before.anchor + timedelta(days=1)
    assert hours_of(after) == {hour - 24 for hour in hours_of(before) if hour >= 24}


def hours_of(pool: Pool) -> set[int]:
    bits = int.from_bytes(np.ascontiguousarray(pool.openings[:, 0]).astype("<u8").tobytes(), "little")
    return {hour for hour in range(WORDS * 64) if bits >> hour & 1}


def test_the_shelf_keeps_the_pools_that_were_asked_for_last() -> None:
    for _ in range(3):
        someone_free(licensed_in=("MA", "NY", "CT"))
    projected()
    shelf = Shelf(rows_kept=6)
    for place in ("MA", "NY", "CT"):
        pool_of(Key(place, "individual"), now=NOW, shelf=shelf)
    assert len(shelf) == 2
    assert shelf.get(Key("MA", "individual")) is None
    assert shelf.get(Key("CT", "individual")) is not None


def test_threads_may_ask_at_once() -> None:
    for _ in range(5):
        someone_free()
    projected()
    sizes: list[int] = []

    def ask() -> None:
        try:
            sizes.append(len(pool_of(KEY, now=NOW)))
        finally:
            connection.close()

    threads = [Thread(target=ask) for _ in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert sizes == [5] * 8
