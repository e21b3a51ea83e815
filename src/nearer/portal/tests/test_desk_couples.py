"""What one of two said alone, at the desk of the therapist whom they let read it, and nowhere else."""

from __future__ import annotations

import pytest
from django.test import Client

from nearer.audit.models import Event
from nearer.care.tests.builders import appointment_of
from nearer.care.tests.couples import First, Second, for_couples
from nearer.outbox.models import Message
from nearer.portal.tests.builders import at_desk
from nearer.portal.tests.desks import a_booking, a_desk
from nearer.portal.tests.test_desk_pages import PAGES
from nearer.scheduling.models import Appointment
from nearer.scheduling.tests.rows import a_therapist_without_diary

pytestmark = pytest.mark.django_db

ASKED = "unsafe to speak openly"
READ = "read what was said alone"


def of_two(client: Client, first: dict[str, str], second: dict[str, str]) -> Appointment:
    """Sign in the therapist of two people who spoke alone like this and agreed on a time; return that time."""
    therapist = for_couples()
    one = First().proves().speaks(**first)
    two = Second().joins(one.asks()).proves().speaks(**second)
    assert two.accepts() == 303
    at_desk(client, therapist.pk)
    return appointment_of(one.key)


def shown(client: Client, address: str) -> str:
    return client.get(address, follow=True).content.decode()


def test_only_what_its_writer_allows_is_on_the_page_of_the_session(client: Client) -> None:
    row = of_two(client, {"answer": "yes", "may_read": "on"}, {"answer": "unsure"})
    page = shown(client, f"/desk/sessions/{row.pk}/")
    assert page.count(ASKED) == 1
    assert "What Alex said alone" in page
    assert "<strong>Yes</strong>" in page
    assert "Not sure" not in page


def test_each_is_beside_whoever_said_it(client: Client) -> None:
    row = of_two(client, {"answer": "no", "may_read": "on"}, {"answer": "unsure", "may_read": "on"})
    page = shown(client, f"/desk/sessions/{row.pk}/")
    for name, answer in (("Alex", "No"), ("Sami", "Not sure")):  # whichever of them stands first
        said = page.partition(f"What {name} said alone")[2]
        assert said.partition("<strong>")[2].startswith(f"{answer}</strong>")


def test_nothing_allowed_looks_like_nothing_said(client: Client) -> None:
    row = of_two(client, {"answer": "yes"}, {"answer": "not said"})
    page = shown(client, f"/desk/sessions/{row.pk}/")
    assert ASKED not in page
    assert "said alone" not in page


def test_it_is_on_no_other_page_and_in_no_message(client: Client) -> None:
    row = of_two(client, {"answer": "unsure", "may_read": "on"}, {"answer": "unsure", "may_read": "on"})
    for page in (*PAGES, f"/desk/sessions/{row.pk}/cancel/", f"/desk/sessions/{row.pk}/move/"):
        text = shown(client, page)
        assert ASKED not in text
        assert "Not sure" not in text
    assert not any(ASKED in each.body for each in Message.objects.all())
    assert not Event.objects.filter(action=READ).exists()


def test_reading_it_is_in_the_audit_without_a_word_of_it(client: Client) -> None:
    row = of_two(client, {"answer": "unsure", "may_read": "on"}, {"answer": "no"})
    shown(client, f"/desk/sessions/{row.pk}/")
    (line,) = Event.objects.filter(action=READ)
    assert line.actor == f"therapist:{row.therapist_id}"
    assert line.subject == f"appointment:{row.pk}"
    assert line.detail == {}


def test_another_therapist_finds_no_such_page_and_reads_nothing(client: Client) -> None:
    row = of_two(Client(), {"answer": "yes", "may_read": "on"}, {"answer": "no"})
    at_desk(client, a_therapist_without_diary())
    assert client.get(f"/desk/sessions/{row.pk}/").status_code == 404
    assert not Event.objects.filter(action=READ).exists()


def test_the_therapist_sees_each_alone_first_and_decides_then(client: Client) -> None:
    row = of_two(client, {"answer": "no"}, {"answer": "no"})
    page = shown(client, f"/desk/sessions/{row.pk}/")
    assert "decide whether they go on together today" in page
    assert page.count("You and they alone") == 2


def test_whoever_comes_for_themself_has_no_part_alone(client: Client) -> None:
    a_desk(client)
    page = shown(client, f"/desk/sessions/{a_booking().appointment_id}/")
    assert "You and they alone" not in page
    assert "go on together" not in page
