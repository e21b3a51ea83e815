"""Whoever changes a therapist or a fact about them, and however, the therapist's version rises."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
from django.db import connection

from nearer.directory import queries
from nearer.directory.models import Contract, Licence, Location, Service, Therapist, Trait
from nearer.directory.tests.builders import TODAY, a_network, a_therapist, a_trait

pytestmark = pytest.mark.django_db

FACTS = (Licence, Location, Service, Trait, Contract)
Fact = type[Licence] | type[Location] | type[Service] | type[Trait] | type[Contract]


@pytest.fixture
def therapist() -> Therapist:
    return a_therapist(places_in=["MA"], networks=[a_network()])


def rise(therapist: Therapist, change: Callable[[], object]) -> int:
    """Return by how much the version rises in a change; every fact but one's own therapist's stays out of it."""
    other = a_therapist(places_in=["MA"], networks=[a_network()])
    before = queries.versions()
    change()
    after = queries.versions()
    assert after[other.id] == before[other.id]
    return after[therapist.id] - before[therapist.id]


def test_a_new_therapist_has_a_version_of_their_own() -> None:
    one, two = a_therapist(), a_therapist()
    assert 0 < queries.versions()[one.id] < queries.versions()[two.id]


def test_changing_a_therapist_raises_the_version(therapist: Therapist) -> None:
    mine = Therapist.objects.filter(id=therapist.id)
    assert rise(therapist, lambda: mine.update(accepting=False)) > 0


def test_writing_what_is_so_already_raises_nothing(therapist: Therapist) -> None:
    mine = Therapist.objects.filter(id=therapist.id)
    assert rise(therapist, lambda: mine.update(accepting=True)) == 0
    assert rise(therapist, lambda: Licence.objects.filter(therapist=therapist).update(status="active")) == 0


@pytest.mark.parametrize("fact", FACTS)
def test_changing_a_fact_raises_the_version_of_its_therapist(fact: Fact, therapist: Therapist) -> None:
    mine = fact.objects.filter(therapist=therapist)
    assert mine.exists()
    assert rise(therapist, lambda: mine.update(expires_on=TODAY + timedelta(days=9))) > 0


@pytest.mark.parametrize("fact", FACTS)
def test_losing_a_fact_raises_the_version_of_its_therapist(fact: Fact, therapist: Therapist) -> None:
    assert rise(therapist, lambda: fact.objects.filter(therapist=therapist).delete()) > 0


def test_a_fact_that_moves_raises_both_versions(therapist: Therapist) -> None:
    other = a_therapist()
    before = queries.versions()
    Contract.objects.filter(therapist=therapist).update(therapist=other)
    assert all(version > before[id_] for id_, version in queries.versions().items())


def test_a_new_fact_raises_the_version_and_would_not_without_the_trigger(therapist: Therapist) -> None:
    assert rise(therapist, lambda: a_trait(therapist, kind="language", code="es")) > 0
    with connection.cursor() as cursor:
        cursor.execute("SET CONSTRAINTS ALL IMMEDIATE")
        cursor.execute("ALTER TABLE directory_trait DISABLE TRIGGER USER")
    assert rise(therapist, lambda: a_trait(therapist, kind="language", code="fr")) == 0
