"""Taking in what sources say: nothing is lost, nothing is doubled, and the later check is believed."""

from __future__ import annotations

import threading
from dataclasses import replace
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nearer.directory import operations, queries
from nearer.directory.models import Contract, ImportRun, Licence, Network, Payer, Therapist
from nearer.directory.records import Counts, NetworkRecord, PayerRecord, Profile, TherapistRecord
from nearer.directory.tests.builders import CHECKED, TODAY
from nearer.directory.tests.told import (
    NOW,
    a_batch,
    a_contract_told,
    a_licence_told,
    a_plan_told,
    a_therapist_told,
    a_trait_told,
    by,
    taken_in,
)

pytestmark = pytest.mark.django_db

LATER = CHECKED + timedelta(days=30)


def profile(record: TherapistRecord) -> Profile:
    return queries.profile_of(record.npi, TODAY)


def test_a_therapist_is_taken_in_with_all_that_is_told() -> None:
    told = a_therapist_told()
    assert taken_in(a_batch(told)) == Counts(read=1, added=1)
    held = profile(told)
    assert (held.name, held.credentials, held.time_zone) == ("Alex Rivera", "PhD", "America/New_York")
    assert [(fact.jurisdiction, fact.number) for fact in held.licences] == [("MA", "L1")]
    assert [(fact.network, fact.jurisdiction) for fact in held.contracts] == [("Evergreen PPO", "MA")]
    assert [fact.city for fact in held.locations] == ["Springfield"]
    assert [(fact.kind, fact.ages, fact.session_fee_cents) for fact in held.services] == [
        ("individual", ("adult",), 15_000)
    ]
    assert held.codes("concern") == {"closeness"}


def test_the_same_batch_twice_changes_nothing_and_raises_no_version() -> None:
    batch = a_batch(*(a_therapist_told() for _ in range(3)), plans=(a_plan_told(),))
    taken_in(batch)
    before = queries.versions()
    assert taken_in(batch) == Counts(read=3, unchanged=4)
    assert queries.versions() == before


def test_a_changed_fact_changes_its_therapist_alone() -> None:
    one, two = a_therapist_told(), a_therapist_told()
    taken_in(a_batch(one, two))
    before = queries.versions()
    suspended = replace(one, licences=(a_licence_told(status="suspended"),))
    assert taken_in(a_batch(suspended, two)) == Counts(read=2, changed=1, unchanged=1)
    after = queries.versions()
    assert [after[id_] > before[id_] for id_ in sorted(before)] == [True, False]


def test_a_changed_fact_keeps_its_row() -> None:
    told = a_therapist_told()
    taken_in(a_batch(told))
    (before,) = Contract.objects.values_list("id", flat=True)
    taken_in(a_batch(replace(told, contracts=(a_contract_told(ends_on=LATER),))))
    assert list(Contract.objects.values_list("id", "ends_on")) == [(before, LATER)]


def test_what_a_source_no_longer_says_is_gone() -> None:
    told = a_therapist_told(contracts=(a_contract_told(), a_contract_told(network="hmo")))
    taken_in(a_batch(told))
    assert taken_in(a_batch(replace(told, contracts=(a_contract_told(),)))).changed == 1
    assert [fact.network for fact in profile(told).contracts] == ["Evergreen PPO"]


def test_a_part_that_is_not_spoken_of_stays_as_it_is() -> None:
    told = a_therapist_told()
    taken_in(a_batch(told))
    silent = replace(told, contracts=None, licences=None, accepting=None, time_zone=None)
    assert taken_in(a_batch(silent)) == Counts(read=1, unchanged=1)
    assert profile(told).accepting


def test_what_another_source_says_stays() -> None:
    told = a_therapist_told()
    taken_in(a_batch(told))
    registry = by("nppes")
    other = a_therapist_told(
        npi=told.npi,
        provenance=registry,
        licences=(a_licence_told(number="L2", provenance=registry),),
        traits=(a_trait_told(code="es", provenance=registry),),
        contracts=(),
    )
    assert taken_in(a_batch(other)).changed == 1
    held = profile(told)
    assert [fact.number for fact in held.licences] == ["L1", "L2"]
    assert held.codes("language") == {"en", "es"}
    assert len(held.contracts) == 1


@pytest.mark.parametrize(("days", "status"), [(1, "suspended"), (0, "active"), (-1, "active")])
def test_of_two_sources_the_later_check_is_believed(days: int, status: str) -> None:
    told = a_therapist_told()
    taken_in(a_batch(told))
    board = by("board", on=CHECKED + timedelta(days=days))
    taken_in(a_batch(replace(told, provenance=board, licences=(a_licence_told(status="suspended", provenance=board),))))
    assert Licence.objects.get().status == status


def test_sources_taken_in_turn_about_come_to_rest() -> None:
    roster = a_therapist_told(credentials="PsyD", provenance=by(on=LATER))
    registry = replace(roster, provenance=by("nppes"), credentials="PhD", accepting=None, contracts=None, traits=())
    taken_in(a_batch(registry))
    taken_in(a_batch(roster))
    assert taken_in(a_batch(registry)).unchanged == 1
    assert taken_in(a_batch(roster)).unchanged == 1
    assert profile(roster).credentials == "PsyD"


def test_a_therapist_without_a_stated_zone_has_that_of_their_place() -> None:
    told = a_therapist_told(time_zone=None, locations=(), licences=(a_licence_told(jurisdiction="HI"),))
    taken_in(a_batch(told))
    assert profile(told).time_zone == "Pacific/Honolulu"


def test_a_source_can_remove_someone_and_bring_them_back() -> None:
    told = a_therapist_told()
    taken_in(a_batch(told))
    gone = replace(told, given_name="", family_name="", removed_on=TODAY, licences=None, contracts=None)
    assert taken_in(a_batch(gone)).changed == 1
    assert Therapist.objects.get().removed_on == TODAY
    assert Therapist.objects.get().given_name == "Alex"
    taken_in(a_batch(told))
    assert Therapist.objects.get().removed_on is None


def test_another_source_does_not_bring_back_someone_removed() -> None:
    told = a_therapist_told(provenance=by("nppes"))
    taken_in(a_batch(told))
    taken_in(a_batch(replace(told, removed_on=TODAY)))
    taken_in(a_batch(replace(told, provenance=by("roster", on=LATER))))
    assert Therapist.objects.get().removed_on == TODAY


def test_no_import_brings_back_whom_an_operator_removed() -> None:
    told = a_therapist_told()
    taken_in(a_batch(told))
    operations.remove(npi=told.npi, on=TODAY, actor="system")
    taken_in(a_batch(replace(told, provenance=by(on=LATER))))
    assert Therapist.objects.get().removed_on == TODAY


def test_removing_someone_unknown_adds_nobody() -> None:
    gone = a_therapist_told(given_name="", family_name="", removed_on=TODAY)
    assert taken_in(a_batch(gone)) == Counts(read=1, unchanged=1)
    assert not Therapist.objects.exists()


def test_a_plan_pays_for_exactly_the_networks_that_are_told() -> None:
    assert taken_in(a_batch(plans=(a_plan_told(networks=["ppo", "hmo"]),))).added == 1
    assert taken_in(a_batch(plans=(a_plan_told(networks=["hmo"]),))).changed == 1
    plan = queries.find_plan("silver", "MA", TODAY)
    assert [network.name for network in plan.networks] == ["Evergreen HMO"]


def test_a_plan_told_twice_in_one_batch_is_one_plan() -> None:
    batch = a_batch(plans=(a_plan_told(), a_plan_told(), a_plan_told(networks=["hmo"])))
    taken_in(batch)
    plan = queries.find_plan("silver", "MA", TODAY)
    assert [network.name for network in plan.networks] == ["Evergreen HMO"]


def test_a_carved_out_network_belongs_to_another_payer_than_the_plan() -> None:
    carved = replace(a_plan_told(), networks=(("mindwell", "mind", "tier 1"),))
    taken_in(
        a_batch(
            payers=(PayerRecord("evergreen", "Evergreen Health"), PayerRecord("mindwell", "Mindwell")),
            networks=(NetworkRecord("mindwell", "mind", "Mind Network", by()),),
            plans=(carved,),
        )
    )
    plan = queries.find_plan("silver", "MA", TODAY)
    assert [(network.payer, network.name) for network in plan.networks] == [("Mindwell", "Mind Network")]


def test_a_payer_or_network_under_a_new_name_is_the_same_one() -> None:
    taken_in(a_batch())
    named = a_batch(
        payers=(PayerRecord("evergreen", "Evergreen Care"),),
        networks=(NetworkRecord("evergreen", "ppo", "Evergreen Open", by()),),
    )
    taken_in(named)
    assert Payer.objects.get().name == "Evergreen Care"
    assert Network.objects.get(code="ppo").name == "Evergreen Open"


def test_a_run_adds_its_batches_up() -> None:
    run_id = operations.start_run(source="roster", now=NOW)
    told = [a_therapist_told() for _ in range(3)]
    operations.take_in(a_batch(*told), run_id=run_id, now=NOW)
    operations.take_in(a_batch(told[0], a_therapist_told(npi="1")), run_id=run_id, now=NOW)
    assert operations.finish_run(run_id=run_id, now=NOW) == Counts(5, 3, 0, 1, 1)
    assert ImportRun.objects.get().finished_at == NOW


def test_many_therapists_take_as_many_statements_as_few() -> None:
    few, many = a_batch(a_therapist_told()), a_batch(*(a_therapist_told() for _ in range(50)))
    taken_in(a_batch())
    with CaptureQueriesContext(connection) as for_few:
        taken_in(few)
    with CaptureQueriesContext(connection) as for_many:
        taken_in(many)
    assert len(for_many) == len(for_few)


@pytest.mark.django_db(transaction=True)
@pytest.mark.race
def test_two_imports_of_the_same_therapists_at_once_are_one_after_the_other() -> None:
    told = [a_therapist_told() for _ in range(20)]
    other = [replace(record, provenance=by("nppes"), given_name="Bea") for record in reversed(told)]
    failures: list[Exception] = []

    def run(records: list[TherapistRecord]) -> None:
        try:
            for _ in range(3):
                taken_in(a_batch(*records))
        except Exception as error:  # noqa: BLE001 - told in the main thread
            failures.append(error)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=[records]) for records in (told, other)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert not failures
    assert Therapist.objects.count() == 20
    assert Contract.objects.count() == 20
