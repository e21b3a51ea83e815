"""Who was taken out by hand can be let in by hand; what is refused alike is told alike."""

from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.audit.models import Event
from nearer.directory import operations
from nearer.directory.models import Therapist
from nearer.directory.queries import TherapistUnknown, intake
from nearer.directory.rules import alike
from nearer.directory.tests.builders import TODAY, a_therapist
from nearer.directory.tests.told import a_batch, a_therapist_told, by, taken_in


@pytest.mark.django_db
def test_who_was_removed_is_back() -> None:
    therapist = a_therapist()
    operations.remove(npi=therapist.npi, on=TODAY, actor="staff:7")
    assert intake(TODAY).listed == []
    operations.reinstate(npi=therapist.npi, actor="staff:7")
    assert intake(TODAY).listed == [therapist.pk]
    acts = Event.objects.filter(subject=f"therapist:{therapist.pk}").order_by("id")
    assert [(event.actor, event.action) for event in acts] == [
        ("staff:7", "therapist removed"),
        ("staff:7", "therapist reinstated"),
    ]


@pytest.mark.django_db
def test_reinstating_twice_is_once_and_nobody_is_unknown() -> None:
    therapist = a_therapist()
    operations.reinstate(npi=therapist.npi, actor="staff:7")
    assert not Event.objects.exists()
    with pytest.raises(TherapistUnknown):
        operations.reinstate(npi="0", actor="staff:7")


@pytest.mark.django_db
def test_imports_count_again_from_then_on() -> None:
    told = a_therapist_told(given_name="Sam")
    taken_in(a_batch(told))
    operations.remove(npi=told.npi, on=TODAY, actor="staff:7")
    operations.reinstate(npi=told.npi, actor="staff:7")
    later = by(on=told.provenance.verified_on + timedelta(days=1))
    taken_in(a_batch(a_therapist_told(npi=told.npi, given_name="Samantha", provenance=later)))
    assert Therapist.objects.get().given_name == "Samantha"


@given(st.text(st.characters(exclude_characters="“”")), st.text(st.characters(exclude_characters="“”")))
def test_rows_are_alike_whatever_is_quoted(one: str, other: str) -> None:
    assert alike(f"“{one}” is no plan (line 3)") == alike(f"“{other}” is no plan (line 17)")


@given(st.text())
def test_saying_alike_twice_changes_nothing(reason: str) -> None:
    assert alike(alike(reason)) == alike(reason)
