"""What runs out is seen in time, asked about, checked and marked; each act is in the trail."""

from __future__ import annotations

from datetime import UTC, date, timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nearer.accounts.tests.builders import signed_in
from nearer.audit.models import Event
from nearer.care.tests.builders import someone_free
from nearer.directory import api as directory
from nearer.directory.models import Contract, Licence, Service, Statement, Therapist
from nearer.directory.tests.builders import a_network, a_therapist
from nearer.foundation import clock
from nearer.matching.api import overview, project_stale
from nearer.outbox.models import Message
from nearer.portal.queries.facts import queue
from nearer.portal.tests.builders import at_desk

pytestmark = pytest.mark.django_db

PAGES = ("/operator/facts/", "/operator/audit/", "/operator/therapists/{id}/")


def today() -> date:
    return clock.now().astimezone(UTC).date()


def ending(therapist: Therapist, days: int, model: type[Licence | Service | Contract] = Licence) -> None:
    model.objects.filter(therapist=therapist).update(expires_on=today() + timedelta(days=days))


@pytest.fixture
def operator(client: Client) -> int:
    return signed_in(client, ("operator",))


def test_what_hides_most_comes_first() -> None:
    few, many = someone_free(), someone_free()
    for each in (few, many):
        ending(each, 10)
    Therapist.objects.filter(pk=few.pk).update(accepting=False)
    project_stale(now=clock.now())
    found = queue(now=clock.now(), days=30)
    assert [due.facts.therapist_id for due in found.due] == [many.pk, few.pk]
    assert found.due[0].hours > found.due[1].hours == 0
    assert found.due[0].facts.endings[0].part == "licence"


def test_only_what_runs_out_within_the_days_asked_for_is_shown(client: Client, operator: int) -> None:
    someone = someone_free(given_name="Noor")
    ending(someone, 20)
    assert "Noor" not in client.get("/operator/facts/?days=14").content.decode()
    assert "Noor" in client.get("/operator/facts/").content.decode()
    assert client.get("/operator/facts/?days=nonsense").status_code == 200
    directory.remove(npi=someone.npi, on=today(), actor="staff:1")
    assert "Noor" not in client.get("/operator/facts/").content.decode()


def test_a_therapist_is_asked_once_a_week(client: Client) -> None:
    someone = someone_free()
    ending(someone, 5)
    at_desk(Client(), someone.pk)
    by = signed_in(client, ("operator",))
    Message.objects.all().delete()
    for asked in (1, 0):
        response = client.post("/operator/facts/ask/", {"therapist": [str(someone.pk), "nonsense"]})
        assert response["Location"].endswith(f"?asked={asked}")
    (message,) = Message.objects.filter(kind="still-true")
    assert "http://testserver/desk/" in message.body
    assert someone.family_name not in message.subject + message.body
    assert Event.objects.get(action="asked if still true").actor == f"staff:{by}"
    assert "asked this week" in client.get("/operator/facts/").content.decode()


def test_who_has_no_desk_is_not_asked(client: Client, operator: int) -> None:
    someone = someone_free()
    ending(someone, 5)
    client.post("/operator/facts/ask/", {"therapist": str(someone.pk)})
    assert not Message.objects.filter(kind="still-true").exists()
    assert "has no desk yet" in client.get("/operator/facts/").content.decode()


def test_what_was_checked_is_marked_with_its_source(client: Client, operator: int) -> None:
    someone = someone_free()
    ending(someone, 5)
    until = today() + timedelta(days=400)
    page = f"/operator/therapists/{someone.pk}/"
    said = {
        "part": "licence",
        "source": "state board",
        "until_month": str(until.month),
        "until_day": str(until.day),
        "until_year": str(until.year),
    }
    assert client.post(page, said).status_code == 302
    licence = Licence.objects.get(therapist=someone)
    assert (licence.source, licence.source_id) == ("operator: state board", f"staff:{operator}")
    assert (licence.verified_on, licence.expires_on) == (today(), until)
    act = Event.objects.get(action="vouched for licence")
    assert (act.actor, act.subject, act.detail) == (f"staff:{operator}", f"therapist:{someone.pk}", {"count": 1})
    assert "operator: state board" in client.get(page).content.decode()


def test_a_licence_needs_its_day_and_every_check_its_source(client: Client, operator: int) -> None:
    someone = someone_free()
    page = f"/operator/therapists/{someone.pk}/"
    response = client.post(page, {"part": "licence", "source": "state board"})
    assert response.status_code == 422
    assert "Give the day on which the license ends." in response.content.decode()
    assert "Say where you checked it." in client.post(page, {"part": "service"}).content.decode()


def test_checking_never_shortens_nor_brings_back_a_suspended_licence() -> None:
    someone = someone_free()
    Licence.objects.filter(therapist=someone).update(status="suspended")
    Service.objects.filter(therapist=someone).update(expires_on=today() + timedelta(days=300))
    for part, count in (("licence", 0), ("service", 1)):
        vouched = directory.vouch(therapist_id=someone.pk, part=part, source="phone", actor="staff:1", now=clock.now())
        assert vouched == count
    assert Service.objects.get(therapist=someone).expires_on == today() + timedelta(days=300)
    with pytest.raises(directory.TherapistUnknown):
        directory.vouch(therapist_id=0, part="licence", source="phone", actor="staff:1", now=clock.now())


@pytest.mark.parametrize(("act", "outcome"), [("confirm", "confirmed"), ("refuse", "refused")])
def test_a_therapists_word_waits_for_a_check(client: Client, operator: int, act: str, outcome: str) -> None:
    someone = someone_free(given_name="Noor")
    directory.attest(therapist_id=someone.pk, now=clock.now())
    page = client.get("/operator/facts/").content.decode()
    assert "still has: " in page
    said = Statement.objects.get()
    for _ in range(2):  # pressing twice is pressing once
        client.post(f"/operator/facts/waiting/{said.pk}/", {"act": act})
    said.refresh_from_db()
    assert (said.outcome, said.settled_by) == (outcome, f"staff:{operator}")
    assert "Nothing waits." in client.get("/operator/facts/").content.decode()


def test_a_therapist_is_taken_out_and_let_back_in(client: Client, operator: int) -> None:
    someone = someone_free()
    address = f"/operator/therapists/{someone.pk}/offered/"
    client.post(address, {"act": "remove"})
    project_stale(now=clock.now())
    assert overview("individual", now=clock.now()).everyone.listed == 0
    assert "Offer them again" in client.get(f"/operator/therapists/{someone.pk}/").content.decode()
    client.post(address, {"act": "reinstate"})
    project_stale(now=clock.now())
    assert overview("individual", now=clock.now()).everyone.bookable == 1
    acts = Event.objects.filter(subject=f"therapist:{someone.pk}", actor=f"staff:{operator}")
    assert [event.action for event in acts.order_by("id")] == ["therapist removed", "therapist reinstated"]


def test_nobody_is_a_page_that_is_not_there(client: Client, operator: int) -> None:
    assert client.get("/operator/therapists/1/").status_code == 404
    assert client.post("/operator/therapists/1/offered/", {"act": "remove"}).status_code == 404


def test_the_trail_is_found_by_subject_kind_and_day(client: Client, operator: int) -> None:
    someone = someone_free()
    directory.remove(npi=someone.npi, on=today(), actor=f"staff:{operator}")
    subject = f"therapist:{someone.pk}"
    for query, found in (
        (f"?subject={subject}", True),
        ("?subject=therapist:0", False),
        ("?kind=staff", True),
        ("?kind=client", False),
        (f"?day_month={today().month}&day_day={today().day}&day_year={today().year}", True),
        ("?day_month=1&day_day=1&day_year=2020", False),
        ("?subject=no such thing&kind=staff", True),
    ):
        assert ("therapist removed" in client.get(f"/operator/audit/{query}").content.decode()) is found


def test_the_trail_goes_on_where_a_page_ends(client: Client, operator: int) -> None:
    Event.objects.bulk_create(Event(actor="system", action=f"act {n}", subject="x:1") for n in range(150))
    page = client.get("/operator/audit/?subject=x:1").content.decode()
    assert "act 149" in page
    assert "act 49<" not in page
    last = Event.objects.get(action="act 50").pk
    assert "act 49<" in client.get(f"/operator/audit/?subject=x:1&before={last}").content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_queries_do_not_grow(client: Client, operator: int, page: str) -> None:
    network = a_network()
    one = someone_free(networks=[network])
    counted = []
    for count in (0, 25):
        for _ in range(count):
            a_therapist(networks=[network])
        Licence.objects.update(expires_on=today() + timedelta(days=5))
        for each in Therapist.objects.all():
            directory.attest(therapist_id=each.pk, now=clock.now())
        client.get(page.format(id=one.pk))
        with CaptureQueriesContext(connection) as queries:
            assert client.get(page.format(id=one.pk)).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]
