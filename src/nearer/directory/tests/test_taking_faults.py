"""What can't be taken in is put aside with a reason, and the rest goes in."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest
from django.db import IntegrityError

from nearer.directory import policies
from nearer.directory.models import Network, Plan, QuarantinedRow, Therapist
from nearer.directory.operations import taking
from nearer.directory.records import Batch, Counts, NetworkRecord, PayerRecord, Refused, TherapistRecord
from nearer.directory.tests.builders import CHECKED, an_npi
from nearer.directory.tests.told import (
    a_batch,
    a_contract_told,
    a_licence_told,
    a_location_told,
    a_plan_told,
    a_service_told,
    a_therapist_told,
    a_trait_told,
    by,
    taken_in,
)

pytestmark = pytest.mark.django_db

BEFORE = CHECKED - timedelta(days=1)

FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "check digit": ({"npi": "1234567890"}, "isn’t ten digits of which the last one checks"),
    "check digit of a demonstration": ({"npi": "9000000000"}, "the last one checks"),
    "no NPI": ({"npi": "none"}, "“none”"),
    "no name": ({"given_name": " ", "family_name": ""}, "no name"),
    "no zone": ({"time_zone": "Mars/Base"}, "Mars/Base"),
    "expired before checked": ({"provenance": by(until=BEFORE)}, "before the day it was checked"),
    "licence without a state": ({"licences": (a_licence_told(jurisdiction=""),)}, "no state"),
    "licence of no kind": ({"licences": (replace(a_licence_told(), kind="wizard"),)}, "wizard"),
    "licence that is odd": ({"licences": (a_licence_told(status="lost"),)}, "lost"),
    "address abroad": ({"locations": (a_location_told(jurisdiction="AE"),)}, "AE"),
    "service of no kind": ({"services": (a_service_told(kind="magic"),)}, "magic"),
    "endless session": ({"services": (a_service_told(session_minutes=999),)}, "999"),
    "no ages": ({"services": (a_service_told(ages=()),)}, "no age"),
    "odd ages": ({"services": (a_service_told(ages=("adult", "ghost")),)}, "ghost"),
    "nowhere offered": ({"services": (a_service_told(telehealth=False),)}, "neither by video nor in person"),
    "no such trait": ({"traits": (a_trait_told(code="klingon"),)}, "klingon"),
    "no such kind of trait": ({"traits": (a_trait_told(kind="shoe", code="en"),)}, "shoe"),
    "unknown network": ({"contracts": (a_contract_told(network="nowhere"),)}, "evergreen nowhere"),
    "contract without a state": ({"contracts": (a_contract_told(jurisdiction=""),)}, "no state"),
    "contract backwards": ({"contracts": (a_contract_told(ends_on=BEFORE),)}, "ends before it begins"),
}


@pytest.mark.parametrize(("told", "reason"), FAULTS.values(), ids=FAULTS)
def test_a_faulty_row_is_put_aside_and_the_rest_goes_in(told: dict[str, Any], reason: str) -> None:
    sound = a_therapist_told()
    faulty = replace(a_therapist_told(), line=7, **told)
    assert taken_in(a_batch(faulty, sound)) == Counts(read=2, added=1, quarantined=1)
    row = QuarantinedRow.objects.get()
    assert reason in row.reason
    assert row.line == 7
    assert faulty.npi in row.content
    assert Therapist.objects.get().npi == sound.npi


def too_long(record: TherapistRecord) -> TherapistRecord:
    return replace(record, family_name="x" * 81)


def with_a_null(record: TherapistRecord) -> TherapistRecord:
    return replace(record, about="a\0b")


def with_half_a_character(record: TherapistRecord) -> TherapistRecord:
    return replace(record, traits=None, locations=(replace(a_location_told(), city="\ud800"),))


@pytest.mark.parametrize("spoil", [too_long, with_a_null, with_half_a_character])
def test_a_row_that_the_database_refuses_does_not_take_its_batch_with_it(
    spoil: Callable[[TherapistRecord], TherapistRecord],
) -> None:
    told = [a_therapist_told() for _ in range(4)]
    told[2] = replace(spoil(told[2]), line=9)
    assert taken_in(a_batch(*told)) == Counts(read=4, added=3, quarantined=1)
    row = QuarantinedRow.objects.get()
    assert row.line == 9
    assert "too long" in row.reason
    assert not Therapist.objects.filter(npi=told[2].npi).exists()


def test_a_constraint_is_quoted_as_the_sentence_it_is_named_after(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(policies, "check_therapist", lambda record, networks: None)
    told = [a_therapist_told(), a_therapist_told(contracts=(a_contract_told(ends_on=BEFORE),))]
    assert taken_in(a_batch(*told)) == Counts(read=2, added=1, quarantined=1)
    assert "a contract ends after it starts" in QuarantinedRow.objects.get().reason


def test_an_error_that_is_nobodys_fault_takes_the_whole_batch_back(monkeypatch: pytest.MonkeyPatch) -> None:
    def fail(*args: object) -> None:
        raise OSError("the disk is full")

    monkeypatch.setattr(taking, "note", fail)
    with pytest.raises(OSError, match="full"):
        taken_in(a_batch(a_therapist_told()))
    assert not Therapist.objects.exists()


def test_a_therapist_given_twice_alike_is_one_therapist() -> None:
    told = a_therapist_told()
    assert taken_in(a_batch(told, replace(told, line=2))) == Counts(read=2, added=1, unchanged=1)


def test_a_therapist_given_twice_with_other_facts_is_taken_in_as_first_said() -> None:
    told = a_therapist_told()
    assert taken_in(a_batch(told, replace(told, given_name="Bea", line=2))) == Counts(read=2, added=1, quarantined=1)
    assert Therapist.objects.get().given_name == "Alex"
    assert QuarantinedRow.objects.get().reason == "This therapist is given twice with other facts."


def test_a_fact_said_twice_in_one_record_is_held_once_as_checked_last() -> None:
    later = by(on=CHECKED + timedelta(days=1))
    told = a_therapist_told(licences=(a_licence_told(), a_licence_told(status="expired", provenance=later)))
    assert taken_in(a_batch(told)).added == 1
    assert Therapist.objects.get().licences.get().status == "expired"


def test_what_a_source_refused_itself_is_kept_too() -> None:
    assert taken_in(Batch(read=1, refused=(Refused(3, "broken\0", "\ud800x\0y"),))) == Counts(read=1, quarantined=1)
    row = QuarantinedRow.objects.get()
    assert (row.line, row.content) == (3, "?x\N{REPLACEMENT CHARACTER}y")


PLAN_FAULTS: dict[str, tuple[dict[str, Any], str]] = {
    "unknown payer": ({"payer": "nobody"}, "nobody"),
    "unknown network": ({"networks": (("evergreen", "moon", ""),)}, "moon"),
    "no such state": ({"jurisdictions": ("ZZ",)}, "ZZ"),
    "in no state": ({"jurisdictions": ()}, "state"),
    "backwards": ({"ends_on": BEFORE}, "ends before it begins"),
    "expired before checked": ({"provenance": by(until=BEFORE)}, "before the day"),
    "too long": ({"name": "x" * 201}, "too long"),
}


@pytest.mark.parametrize(("told", "reason"), PLAN_FAULTS.values(), ids=PLAN_FAULTS)
def test_a_faulty_plan_is_put_aside_and_the_rest_goes_in(told: dict[str, Any], reason: str) -> None:
    faulty = replace(a_plan_told(), **({"code": "faulty"} | told))
    assert taken_in(a_batch(plans=(faulty, a_plan_told()), read=2)) == Counts(read=2, added=1, quarantined=1)
    assert reason in QuarantinedRow.objects.get().reason
    assert Plan.objects.get().code == "silver"


def test_a_network_of_nobody_is_put_aside() -> None:
    stray = (NetworkRecord("nobody", "n", "N", by()), NetworkRecord("evergreen", "long", "x" * 161, by()))
    assert taken_in(a_batch(networks=stray)).quarantined == 2
    assert not Network.objects.exists()


def test_a_payer_that_can_not_be_held_is_put_aside() -> None:
    payers = (PayerRecord("evergreen", "Evergreen Health"), PayerRecord("x" * 81, "Long"))
    assert taken_in(a_batch(payers=payers)).quarantined == 1


def test_the_same_npi_can_not_be_held_twice_whatever_the_code_does() -> None:
    npi = an_npi()
    taken_in(a_batch(a_therapist_told(npi=npi)))
    with pytest.raises(IntegrityError, match="npi"):
        Therapist.objects.create(npi=npi, verified_on=CHECKED, expires_on=CHECKED)
