"""A therapist's feed: theirs alone, taken back at once, and telling no more than initials."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import connection
from django.test import Client as Browser
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar, Event

from nearer.accounts.models import Client
from nearer.foundation.timerange import TimeRange
from nearer.scheduling import api
from nearer.scheduling.calendars import FeedEntry, feed_text
from nearer.scheduling.models import Feed
from nearer.scheduling.rules.initials import initials
from nearer.scheduling.tests.builders import at
from nearer.scheduling.tests.rows import HOUR, NOW, TOMORROW_NINE, a_client, a_confirmed, a_hold, a_therapist

pytestmark = pytest.mark.django_db

DAY = timedelta(days=1)


def a_feed(therapist_id: int, *, with_initials: bool = False, language: str = "en") -> str:
    return api.new_feed(therapist_id=therapist_id, with_initials=with_initials, language=language, now=NOW)


def called(name: str) -> int:
    client = Client.objects.get(pk=a_client())
    client.legal_name = name
    client.save()
    return client.pk


def events_in(secret: str) -> list[Event]:
    text = api.feed_file(secret, now=NOW).text
    return [each for each in Calendar.from_ical(text).walk("VEVENT") if isinstance(each, Event)]


def summaries(secret: str) -> list[str]:
    return [str(each["SUMMARY"]) for each in events_in(secret)]


def test_a_feed_tells_when_and_not_with_whom() -> None:
    therapist_id = a_therapist()
    card = a_confirmed(therapist_id, client_id=called("Maria da Silva"))
    (event,) = events_in(a_feed(therapist_id))
    assert event.start == card.session.start
    assert event.end == card.session.end
    assert event["UID"] == f"appointment-{card.id}@nearer"
    assert str(event["SUMMARY"]) == "Appointment"
    assert (event["STATUS"], event["TRANSP"], event["CLASS"]) == ("CONFIRMED", "OPAQUE", "PRIVATE")


def test_with_initials_it_tells_those_and_no_more() -> None:
    therapist_id = a_therapist()
    a_confirmed(therapist_id, client_id=called("Maria da Silva"))
    secret = a_feed(therapist_id, with_initials=True)
    assert summaries(secret) == ["Appointment M.S."]
    text = api.feed_file(secret, now=NOW).text
    assert not any(word in text for word in ("Maria", "Silva", "example.org"))


@pytest.mark.parametrize(
    ("name", "said"),
    [
        ("Maria da Silva", "M.S."),
        ("Cher", "C."),
        ("émile zola", "É.Z."),
        ("  ", ""),
        ("X Æ A-12 9", "X.A."),
        ("李 明", "李.明."),
    ],
)
def test_initials_are_the_first_letters_of_the_ends(name: str, said: str) -> None:
    assert initials(name) == said


def test_a_cancelled_appointment_is_told_as_such_and_takes_no_time() -> None:
    therapist_id = a_therapist()
    card = a_confirmed(therapist_id)
    api.cancel(appointment_id=card.id, by="therapist", now=NOW)
    (event,) = events_in(a_feed(therapist_id))
    assert (event["STATUS"], event["TRANSP"], event["SEQUENCE"]) == ("CANCELLED", "TRANSPARENT", 1)
    assert str(event["SUMMARY"]) == "Cancelled appointment"


def test_a_moved_appointment_is_the_same_at_another_time() -> None:
    therapist_id = a_therapist()
    card = a_confirmed(therapist_id)
    api.move(appointment_id=card.id, start=TOMORROW_NINE + HOUR, key="m", now=NOW + HOUR)
    (event,) = events_in(a_feed(therapist_id))
    assert event.start == TOMORROW_NINE + HOUR
    assert event["SEQUENCE"] == 1
    assert event.last_modified == NOW + HOUR


def test_holds_and_other_peoples_appointments_are_not_told() -> None:
    therapist_id = a_therapist()
    a_hold(therapist_id)
    a_confirmed(a_therapist())
    assert events_in(a_feed(therapist_id)) == []


def test_what_is_long_over_is_dropped() -> None:
    therapist_id = a_therapist()
    a_confirmed(therapist_id)
    secret = a_feed(therapist_id)
    text = [api.feed_file(secret, now=NOW + n * DAY).text for n in (31, 32)]
    assert [each.count("BEGIN:VEVENT") for each in text] == [1, 0]


def test_a_feed_speaks_its_therapists_language() -> None:
    therapist_id = a_therapist()
    a_confirmed(therapist_id)
    secret = a_feed(therapist_id, language="es")
    assert summaries(secret) in (["Cita"], ["Appointment"])  # the latter until the word is in the catalogue


def test_the_secret_is_kept_as_a_keyed_hash_alone() -> None:
    therapist_id = a_therapist()
    secret = a_feed(therapist_id)
    assert len(secret) == 48
    with connection.cursor() as cursor:
        cursor.execute("SELECT f::text FROM scheduling_feed AS f")
        written = str(cursor.fetchall())
        cursor.execute("SELECT e::text FROM audit_event AS e")
        written += str(cursor.fetchall())
    assert secret not in written
    assert Feed.objects.get(diary_id=therapist_id).secret_index not in secret


def test_a_new_feed_takes_the_place_of_the_old() -> None:
    therapist_id = a_therapist()
    old, new = a_feed(therapist_id), a_feed(therapist_id)
    assert events_in(new) == []
    with pytest.raises(api.FeedUnknown):
        api.feed_file(old, now=NOW)


def test_a_feed_that_was_taken_back_leads_nowhere_at_once(client: Browser) -> None:
    therapist_id = a_therapist()
    secret = a_feed(therapist_id)
    assert client.get(f"/feed/{secret}.ics").status_code == 200
    for _ in range(2):
        api.revoke_feed(therapist_id=therapist_id)
    assert client.get(f"/feed/{secret}.ics").status_code == 404
    assert api.feed_of(therapist_id) is None


def test_a_guess_leads_nowhere(client: Browser) -> None:
    a_feed(a_therapist())
    for guess in ("0" * 48, "x", "A" * 500):
        response = client.get(f"/feed/{guess}.ics")
        assert (response.status_code, response.content) == (404, b"")


def test_the_page_needs_no_session_and_makes_none(client: Browser) -> None:
    therapist_id = a_therapist()
    a_confirmed(therapist_id)
    response = client.get(f"/feed/{a_feed(therapist_id)}.ics")
    assert response["Content-Type"] == "text/calendar; charset=utf-8"
    assert response["Cache-Control"] == "private, no-cache"
    assert not response.cookies
    assert "Cookie" not in response.get("Vary", "")
    assert client.post(f"/feed/{a_feed(therapist_id)}.ics").status_code == 405


def test_what_did_not_change_is_not_sent_again(client: Browser) -> None:
    therapist_id = a_therapist()
    card = a_confirmed(therapist_id)
    address = f"/feed/{a_feed(therapist_id)}.ics"
    first = client.get(address)
    tag, changed = {"If-None-Match": first["ETag"]}, {"If-Modified-Since": first["Last-Modified"]}
    assert first["Last-Modified"]
    assert client.get(address, headers=tag).status_code == 304
    assert client.get(address, headers=changed).status_code == 304
    assert client.head(address).content == b""
    api.cancel(appointment_id=card.id, by="therapist", now=NOW + HOUR)
    assert client.get(address, headers=tag).status_code == 200
    assert client.get(address, headers=changed).status_code == 200


def test_the_same_appointments_are_the_same_bytes() -> None:
    therapist_id = a_therapist()
    a_confirmed(therapist_id)
    secret = a_feed(therapist_id)
    assert api.feed_file(secret, now=NOW).text == api.feed_file(secret, now=NOW + HOUR).text


def test_more_appointments_are_no_more_queries() -> None:
    therapist_id = a_therapist()
    secret = a_feed(therapist_id, with_initials=True)
    a_confirmed(therapist_id)
    counts = []
    for n in (0, 1, 3):
        for each in range(n):
            a_confirmed(therapist_id, TOMORROW_NINE + (n + each) * HOUR)
        with CaptureQueriesContext(
            connection,
        ) as asked:
            api.feed_file(secret, now=NOW)
        counts.append(len(asked))
    assert len(set(counts)) == 1
    assert counts[0] <= 4


@pytest.mark.parametrize("night", ["2027-03-14 06:30", "2027-11-07 05:30"])
def test_a_session_on_a_night_when_clocks_are_set_is_told_by_its_instants(night: str) -> None:
    session = TimeRange.lasting(at(night), HOUR)
    entry = FeedEntry(1, 0, session, NOW, is_cancelled=False, summary="Appointment")
    text = feed_text([entry], changed_at=NOW).text
    (event,) = (each for each in Calendar.from_ical(text).walk("VEVENT") if isinstance(each, Event))
    assert f"DTSTART:{session.start:%Y%m%dT%H%M%S}Z" in text.split("\r\n")
    assert (event.start, event.end) == (session.start, session.end)
