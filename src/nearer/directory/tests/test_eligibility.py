"""The check inside a booking: it says why not, and its answer stays true until the booking commits."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Any

import pytest
from django.db import OperationalError, connection, transaction

from nearer.directory import api, operations, policies
from nearer.directory.models import Contract, Licence, Therapist
from nearer.directory.tests.builders import TODAY, a_network, a_plan, a_therapist
from nearer.directory.tests.cards import day_before


def check(therapist_id: int, plan_id: int | None = None, **said: Any) -> api.Grounds:
    asked: dict[str, Any] = {
        "service": "individual",
        "modality": "telehealth",
        "jurisdictions": ["MA"],
        "age_bands": ["adult"],
        "on": TODAY,
    }
    return operations.check_can_see(therapist_id=therapist_id, plan_id=plan_id, **(asked | said))


@pytest.mark.django_db
def test_a_therapist_in_the_plans_network_may_see_the_client() -> None:
    network = a_network(name="Open Access")
    grounds = check(a_therapist(networks=[network]).id, a_plan(networks=[network]).id)
    assert grounds.contract is not None
    assert grounds.contract.network == "Open Access"
    assert [licence.jurisdiction for licence in grounds.licences] == ["MA"]


@pytest.mark.django_db
def test_a_network_that_the_plan_does_not_pay_for_is_no_ground() -> None:
    therapist = a_therapist(networks=[a_network()])
    with pytest.raises(policies.NotEligible, match="network in Massachusetts"):
        check(therapist.id, a_plan(networks=[a_network()]).id)
    assert check(therapist.id).contract is None


@pytest.mark.django_db
def test_a_plan_that_ended_is_no_ground() -> None:
    network = a_network()
    therapist, plan = a_therapist(networks=[network]), a_plan(networks=[network], ends_on=day_before(TODAY))
    with pytest.raises(policies.NotEligible, match="plan isn’t in force"):
        check(therapist.id, plan.id)


@pytest.mark.django_db
def test_nobody_is_no_therapist() -> None:
    with pytest.raises(policies.NotEligible, match="no longer listed"):
        check(0)


@pytest.mark.django_db
def test_a_therapist_removed_meanwhile_is_not_offered() -> None:
    therapist = a_therapist()
    operations.remove(npi=therapist.npi, on=TODAY, actor="system")
    with pytest.raises(policies.NotEligible, match="no longer listed"):
        check(therapist.id)
    assert check(therapist.id, on=day_before(TODAY))
    with pytest.raises(api.TherapistUnknown):
        operations.remove(npi="0", on=TODAY, actor="system")


def tried_elsewhere(change: Callable[[], object]) -> list[Exception]:
    """Make a change over a connection of its own that waits for no one, and return what went wrong."""
    failures: list[Exception] = []

    def run() -> None:
        try:
            with transaction.atomic():
                with connection.cursor() as cursor:
                    cursor.execute("SET LOCAL lock_timeout = '200ms'")
                change()
        except OperationalError as error:
            failures.append(error)
        finally:
            connection.close()

    thread = threading.Thread(target=run)
    thread.start()
    thread.join()
    return failures


CHANGES: dict[str, Callable[[], object]] = {
    "the therapist": lambda: Therapist.objects.update(accepting=False),
    "a licence": lambda: Licence.objects.update(status="suspended"),
    "a contract": lambda: Contract.objects.all().delete(),
}


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_nothing_about_the_therapist_changes_until_the_booking_commits(change: Callable[[], object]) -> None:
    network = a_network()
    therapist, plan = a_therapist(networks=[network]), a_plan(networks=[network])
    with transaction.atomic():
        check(therapist.id, plan.id)
        assert tried_elsewhere(change)
        assert check(therapist.id, plan.id)
    assert not tried_elsewhere(change)


@pytest.mark.django_db(transaction=True)
def test_two_bookings_check_the_same_therapist_side_by_side() -> None:
    therapist = a_therapist()
    with transaction.atomic():
        check(therapist.id)
        assert not tried_elsewhere(lambda: check(therapist.id))


@pytest.mark.django_db(transaction=True)
@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_reading_alone_would_let_it_change_under_the_booking(change: Callable[[], object]) -> None:
    """The control: without the lock, the same change goes through."""
    therapist = a_therapist(networks=[a_network()])
    with transaction.atomic():
        api.profiles([therapist.id], TODAY)
        assert not tried_elsewhere(change)
