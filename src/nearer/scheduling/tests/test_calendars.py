"""The calendar file: stable, in UTC, and nothing that anyone writes becomes a property."""

from __future__ import annotations

from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st
from icalendar import Calendar, Event

from nearer.foundation.timerange import TimeRange
from nearer.scheduling.calendars import Method, calendar_file
from nearer.scheduling.rules.appointment import AppointmentCard
from nearer.scheduling.tests.builders import at

NOW = at("2027-03-01 12:00")
SESSION = TimeRange(at("2027-03-14 13:00"), at("2027-03-14 14:00"))
CARD = AppointmentCard(77, 1, "individual", "telehealth", None, SESSION, "confirmed", True, None, 2, NOW, None, "")

hostile = st.text(max_size=300) | st.sampled_from(
    [
        "Hi\r\nATTENDEE:mailto:evil@example.org",
        "a\nEND:VEVENT\nBEGIN:VALARM",
        'semi;colon,comma\\n:quote"',
        "\u2028\u2029\x85\x0b\x0c\x00\x1b\x7f",
        "é" * 80,
        "\ud800",
    ]
)


def file_of(card: AppointmentCard = CARD, /, *, method: Method = "REQUEST", **words: str) -> str:
    said = {
        "summary": "Appointment",
        "description": "See you then",
        "url": "https://example.org/a/1",
        "organizer": "hello@example.org",
        "attendee": "me@example.org",
        **words,
    }
    return calendar_file(card, method=method, now=NOW, **said)


def event_in(text: str) -> Event:
    (event,) = Calendar.from_ical(text).walk("VEVENT")
    assert isinstance(event, Event)
    return event


def names_in(text: str) -> list[str]:
    """Return the name of every property and component, in order."""
    unfolded = text.replace("\r\n ", "")
    return [line.partition(":")[0].partition(";")[0] for line in unfolded.split("\r\n") if line]


def test_a_calendar_file_says_when_in_utc_and_which_appointment() -> None:
    text = file_of()
    lines = text.split("\r\n")
    assert "METHOD:REQUEST" in lines
    assert "UID:appointment-77@nearer" in lines
    assert "SEQUENCE:2" in lines
    assert "DTSTAMP:20270301T120000Z" in lines
    assert "DTSTART:20270314T130000Z" in lines
    assert "DTEND:20270314T140000Z" in lines
    assert "STATUS:CONFIRMED" in lines
    assert "CLASS:PRIVATE" in lines
    assert "ATTENDEE:mailto:me@example.org" in lines


def test_a_cancellation_has_the_same_uid_and_says_that_it_is_one() -> None:
    lines = file_of(replace(CARD, status="cancelled", sequence=3), method="CANCEL").split("\r\n")
    assert {"METHOD:CANCEL", "UID:appointment-77@nearer", "SEQUENCE:3", "STATUS:CANCELLED"} <= set(lines)


def test_a_published_file_names_no_attendee() -> None:
    assert "ATTENDEE" not in names_in(file_of(method="PUBLISH"))


def test_the_file_itself_adds_no_clinical_word() -> None:
    text = file_of(summary="", description="", url="").lower()
    assert not any(
        word in text for word in ("therap", "session", "intake", "individual", "clinic", "couples", "mental")
    )


all_words = st.fixed_dictionaries(dict.fromkeys(("summary", "description", "url", "organizer", "attendee"), hostile))


@given(all_words, st.sampled_from(["REQUEST", "CANCEL", "PUBLISH"]))
def test_what_people_write_stays_in_its_property(words: dict[str, str], method: Method) -> None:
    text = file_of(method=method, **words)
    names = names_in(text)
    allowed = {
        "BEGIN",
        "VERSION",
        "PRODID",
        "METHOD",
        "UID",
        "SEQUENCE",
        "DTSTAMP",
        "DTSTART",
        "DTEND",
        "STATUS",
        "CLASS",
    }
    assert set(names) <= allowed | {"SUMMARY", "DESCRIPTION", "URL", "ORGANIZER", "ATTENDEE", "END"}
    assert all(names.count(name) == 1 for name in allowed - {"BEGIN"})
    assert all(len(line.encode()) <= 75 for line in text.split("\r\n"))
    event = event_in(text)
    assert event["uid"] == "appointment-77@nearer"
    assert event.start == SESSION.start
    assert event.end == SESSION.end


@given(st.text(st.characters(exclude_categories=["Cc", "Cs"]), max_size=300))
def test_plain_words_come_back_as_they_were(words: str) -> None:
    assert str(event_in(file_of(summary=words)).get("summary", "")) == words


@pytest.mark.parametrize("words", ["two\nlines", "two\r\nlines", "two\rlines"])
def test_lines_stay_lines(words: str) -> None:
    assert str(event_in(file_of(description=words))["description"]) == "two\nlines"
