"""The page on which a therapist connects calendars and makes a feed."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nearer.accounts.tests.builders import signed_in
from nearer.foundation import clock
from nearer.foundation.tests.hostile import Hostile, hostile
from nearer.outbox.models import Message
from nearer.portal.operations.calendars import tell_of_calendars
from nearer.portal.pages import calendars as pages
from nearer.portal.tests.builders import at_desk
from nearer.scheduling import api as scheduling
from nearer.scheduling.operations import calendars
from nearer.scheduling.tests.ics import calendar, event
from nearer.scheduling.tests.rows import a_therapist, a_therapist_without_diary

pytestmark = pytest.mark.django_db

PAGE = "/desk/calendars/"
UNKNOWN = event("DTSTART;TZID=Nowhere:20350307T090000", "DURATION:PT1H")


@pytest.fixture
def server(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hostile]:
    with hostile() as running:
        monkeypatch.setattr(calendars, "DOOR", running.door)
        yield running


@pytest.fixture
def therapist_id(client: Client) -> int:
    therapist_id = a_therapist()
    at_desk(client, therapist_id)
    return therapist_id


def text(client: Client) -> str:
    return client.get(PAGE).content.decode()


def connect(client: Client, address: str, name: str = "Kids") -> int:
    return client.post(f"{PAGE}connect/", {"address": address, "name": name}).status_code


def only_id(therapist_id: int) -> int:
    (card,) = scheduling.calendars_of(therapist_id, now=clock.now())
    return card.id


def feed_address(client: Client, **said: str) -> str:
    found = re.search(r"http://testserver(/feed/\w+\.ics)", client.post(f"{PAGE}feed/", said).content.decode())
    assert found
    return found[1]


@pytest.mark.parametrize("path", ["", "connect/", "feed/", "feed/end/", "1/read/", "1/disconnect/"])
def test_only_a_therapist_comes_in(client: Client, path: str) -> None:
    ask = client.get if path == "" else client.post
    assert ask(PAGE + path).status_code == 302
    signed_in(client, kinds=("operator",))
    assert ask(PAGE + path).status_code == 403


def test_a_calendar_is_connected_read_and_let_go(client: Client, therapist_id: int, server: Hostile) -> None:
    assert connect(client, server.address("/secret.ics")) == 302
    assert "within a few minutes" in text(client)
    scheduling.refresh_calendar(calendar_id=only_id(therapist_id), now=clock.now())
    shown = text(client)
    assert "Kids" in shown
    assert "calendar.test" in shown
    assert "Read just now." in shown
    assert "secret.ics" not in shown
    assert client.post(f"{PAGE}{only_id(therapist_id)}/read/").status_code == 302
    assert client.post(f"{PAGE}{only_id(therapist_id)}/disconnect/").status_code == 302
    assert "Kids" not in text(client)


@pytest.mark.parametrize(
    ("address", "said"),
    [
        ("", "Enter the address of the calendar."),
        ("http://example.com/a.ics", "must begin with https://"),
        ("https://me:pass@example.com/a.ics", "Leave out the name and password."),
        ("https://192.168.1.1/a.ics", "not the address of a calendar on the internet"),
    ],
)
def test_what_is_no_address_is_said_and_stays_in_its_box(
    client: Client, therapist_id: int, address: str, said: str
) -> None:
    response = client.post(f"{PAGE}connect/", {"address": address, "name": "Kids"})
    assert response.status_code == 422
    shown = response.content.decode()
    assert said in shown
    assert 'value="Kids"' in shown


def test_without_hours_one_is_sent_to_them_first(client: Client) -> None:
    at_desk(client, a_therapist_without_diary())
    response = client.post(f"{PAGE}connect/", {"address": "https://example.com/a.ics"})
    assert "Please enter weekly hours first." in response.content.decode()
    assert "Please enter weekly hours first." in client.post(f"{PAGE}feed/").content.decode()


def test_what_was_left_out_is_told(client: Client, therapist_id: int, server: Hostile) -> None:
    server.body = calendar(UNKNOWN)
    connect(client, server.address("/a.ics"))
    scheduling.refresh_calendar(calendar_id=only_id(therapist_id), now=clock.now())
    shown = text(client)
    assert "1 event is left out: Nearer does not know its time zone, “Nowhere”." in shown
    assert "The first is on March 7, 2035, 9 a.m., as your calendar writes it." in shown


def test_a_calendar_that_fails_says_how(client: Client, therapist_id: int, server: Hostile) -> None:
    connect(client, server.address("/missing"))
    scheduling.refresh_calendar(calendar_id=only_id(therapist_id), now=clock.now())
    assert "There is no calendar at this address any more." in text(client)


def test_another_therapists_calendar_is_unknown_here(client: Client, therapist_id: int, server: Hostile) -> None:
    other = a_therapist()
    theirs = scheduling.connect_calendar(therapist_id=other, address=server.address("/a.ics"), name="", now=clock.now())
    assert client.post(f"{PAGE}{theirs}/read/").status_code == 404
    client.post(f"{PAGE}{theirs}/disconnect/")
    assert only_id(other) == theirs


def test_a_feed_is_shown_once_and_ends_when_it_is_ended(client: Client, therapist_id: int) -> None:
    address = feed_address(client)
    stranger = Client()
    assert stranger.get(address).status_code == 200
    shown = text(client)
    assert address not in shown
    assert "It shows no initials." in shown
    other = feed_address(client, with_initials="on")
    assert stranger.get(address).status_code == 404
    assert "It shows initials." in text(client)
    assert client.post(f"{PAGE}feed/end/").status_code == 302
    assert stranger.get(other).status_code == 404


def test_more_calendars_are_no_more_queries(client: Client, therapist_id: int, server: Hostile) -> None:
    counts = []
    for n in range(3):
        connect(client, server.address(f"/{n}"))
        with CaptureQueriesContext(connection) as asked:
            text(client)
        counts.append(len(asked))
    assert len(set(counts)) == 1


@pytest.mark.parametrize("failure", [*pages.FAILURES, "status 404", "status 403", "status 500", "what nobody foresaw"])
def test_every_failure_is_one_sentence_or_two(failure: str) -> None:
    words = pages.failure_words(failure)
    assert words[0].isupper()
    assert words.endswith(".")


@pytest.mark.parametrize("why", ["zone", "ends_first", "rule", "too_many", "unreadable", "others"])
@pytest.mark.parametrize("count", [1, 2])
def test_every_trouble_is_told_in_its_number(why: str, count: int) -> None:
    words = pages.trouble_words(scheduling.Trouble(why, "Zone", "2035-03-07", count))
    assert words.startswith(str(count))
    assert ("event is" in words) == (count == 1)
    assert "March 7, 2035" in words
    assert "The first" not in pages.trouble_words(scheduling.Trouble(why, "", "9999-99-99 99:99", count))


def test_a_calendar_that_worked_once_says_what_stays(client: Client) -> None:
    now = clock.now()
    card = scheduling.CalendarCard(
        1, "", "example.com", now, now - timedelta(hours=9), "failing", "too_slow", now - timedelta(hours=8), ()
    )
    line = pages._line(card, now=now)
    assert line.state.startswith("The server took too long to answer. The busy times from 9")
    assert (line.name, line.host) == ("example.com", "")


def test_who_has_a_desk_is_written_to_once_and_not_told_where(
    client: Client, therapist_id: int, server: Hostile
) -> None:
    now, nobody = clock.now(), a_therapist()
    for whose in (therapist_id, nobody):
        failing = scheduling.connect_calendar(
            therapist_id=whose, address=server.address("/missing"), name="Secret club", now=now
        )
        scheduling.refresh_calendar(calendar_id=failing, now=now)
    assert tell_of_calendars(now=now + timedelta(hours=5)) == 0
    assert [tell_of_calendars(now=now + timedelta(hours=hours)) for hours in (6, 7, 30)] == [1, 0, 0]
    (letter,) = Message.objects.filter(kind="calendar-fails")
    assert "Calendars" in letter.body
    assert not any(word in letter.subject + letter.body for word in ("Secret club", "calendar.test"))
