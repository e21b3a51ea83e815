"""What one of two says alone: nothing that the other can see, count or time depends on it."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nearer.audit.models import Event
from nearer.care import api
from nearer.care.models import Aside
from nearer.care.operations.couples import asking
from nearer.care.rules.couples import NO, NOT_SAID, SAID, UNSURE, YES, from_kept
from nearer.care.tests.builders import appointment_of, booking_of
from nearer.care.tests.couples import ALEX, SAM, First, Second, for_couples, put_back, sent_to, two_of_them
from nearer.foundation import clock

pytestmark = pytest.mark.django_db

#: What differs from one moment or one link to the next, for everyone.
CLOCKED = frozenset({"Date", "Expires", "Last-Modified", "Content-Length"})
SECRET = re.compile(r"[A-Za-z0-9_-]{32,}|\d{6,}|DTSTAMP:\S+|\d{1,2}(:\d\d)? [ap]\.m\.")


@dataclass
class Watched:
    """Everything that can be seen from one side: pages and how they came, messages, and how much was asked for them."""

    seen: list[object] = field(default_factory=list)

    def looks(self, client: Client, path: str, **post: Any) -> None:
        with CaptureQueriesContext(connection) as asked:
            response = client.post(path, post) if post else client.get(path, follow=True)
        headers = sorted(
            (name, SECRET.sub("*", value)) for name, value in response.headers.items() if name not in CLOCKED
        )
        self.seen.append((response.status_code, headers, SECRET.sub("*", response.content.decode()), len(asked)))

    def reads(self, email: str) -> None:
        self.seen += sorted((each.kind, each.subject, SECRET.sub("*", each.body)) for each in sent_to(email))


def a_whole_course(mine: str, theirs: str, *, may_read: bool) -> tuple[Watched, Watched]:
    """Let two people book, answering so, and return what each of them could see, apart from their own question."""
    for_couples(given_name="Ada")
    allowed = {"may_read": "on"} if may_read else {}
    one, two = Watched(), Watched()
    first = First().proves().speaks(mine, **allowed)
    link = first.asks()
    second = Second().joins(link).proves()
    one.looks(first.client, first.key)
    second.speaks(theirs, **allowed)
    for _ in range(2):
        one.looks(first.client, first.key)
        two.looks(second.client, second.key)
    two.looks(second.client, f"{second.key}times/")
    two.looks(second.client, f"{second.key}accept/", appointment=str(appointment_of(second.key).pk))
    one.looks(first.client, first.key)
    two.looks(second.client, second.key)
    one.looks(first.client, f"{first.key}appointment.ics")
    two.looks(second.client, f"{second.key}appointment.ics")
    one.reads(ALEX)
    two.reads(SAM)
    return one, two


def courses(answers: Iterable[tuple[str, str, bool]]) -> list[tuple[Watched, Watched]]:
    found = []
    for mine, theirs, may_read in answers:
        with put_back():
            found.append(a_whole_course(mine, theirs, may_read=may_read))
    return found


def every_answer() -> Iterator[tuple[str, str, bool]]:
    """Yield what is to be told apart by nobody: each answer of each of them, read by the therapist or not."""
    yield NO, NO, False
    for said in (YES, UNSURE, NOT_SAID):
        yield said, NO, said == YES
        yield NO, said, said == YES


def test_neither_can_see_from_anything_what_the_other_said_alone() -> None:
    first, *rest = courses(every_answer())
    for other in rest:
        assert other[0].seen == first[0].seen
        assert other[1].seen == first[1].seen


def test_a_difference_would_be_seen(monkeypatch: pytest.MonkeyPatch) -> None:
    """The control: a version that treats whoever said yes otherwise, and be it in what language, is found out."""
    keep = asking.say_alone

    def leaky(*, booking_id: int, answer: str, may_read: bool, now: Any) -> None:
        keep(booking_id=booking_id, answer=answer, may_read=may_read, now=now)
        if answer == YES:
            from nearer.care.models import Booking

            Booking.objects.filter(pk=booking_id).update(language="es")

    monkeypatch.setattr(asking, "say_alone", leaky)
    usual, other = courses([(NO, NO, False), (YES, NO, False)])
    assert usual[0].seen != other[0].seen


def test_the_row_is_as_long_whatever_was_said_and_says_nothing_without_the_key() -> None:
    lengths = set()
    for said in SAID:
        first = _spoken(said)
        box = Aside.objects.get(booking=booking_of(first.key)).said_sealed
        lengths.add(len(box))
        assert said not in box
    assert len(lengths) == 1


def _spoken(said: str) -> First:
    for_couples()
    return First().proves().speaks(said)


def test_a_box_does_not_open_in_another_persons_row() -> None:
    for_couples()
    first, second = two_of_them()
    mine, theirs = (Aside.objects.get(booking=booking_of(each.key)) for each in (first, second))
    theirs.said_sealed = mine.said_sealed
    with pytest.raises(Exception, match="can't be read"):
        _ = theirs.said


def test_the_therapist_reads_it_only_where_the_person_said_so() -> None:
    therapist = for_couples()
    first = First().proves().speaks(YES, may_read="on")
    second = Second().joins(first.asks()).proves().speaks(UNSURE)
    second.accepts()
    theirs = {"appointment_id": appointment_of(first.key).pk, "therapist_id": therapist.pk}
    assert api.read_by_therapist(**theirs) == {booking_of(first.key).pk: YES}
    second.speaks(UNSURE, may_read="on")
    assert list(api.read_by_therapist(**theirs).values()) == [YES, UNSURE]


def test_nobody_reads_it_before_both_agreed_or_after_the_time_is_called_off() -> None:
    therapist = for_couples()
    first = First().proves().speaks(YES, may_read="on")
    second = Second().joins(first.asks()).proves().speaks(UNSURE, may_read="on")
    theirs = {"appointment_id": appointment_of(first.key).pk, "therapist_id": therapist.pk}
    assert api.read_by_therapist(**theirs) == {}
    second.accepts()
    assert len(api.read_by_therapist(**theirs)) == 2
    api.cancel_by_therapist(**theirs, site="https://example.org", now=clock.now())
    assert api.read_by_therapist(**theirs) == {}


def test_no_other_therapist_reads_it() -> None:
    for_couples()
    first = First().proves().speaks(YES, may_read="on")
    with pytest.raises(Exception, match="no such appointment"):
        api.read_by_therapist(appointment_id=appointment_of(first.key).pk, therapist_id=1)


def test_the_audit_says_that_it_was_read_and_the_same_whatever_there_was() -> None:
    lines = []
    for allowed in ({}, {"may_read": "on"}):
        with put_back():
            therapist = for_couples()
            first = First().proves().speaks(YES, **allowed)
            Second().joins(first.asks()).proves().speaks(UNSURE).accepts()
            appointment_id = appointment_of(first.key).pk
            before = set(Event.objects.values_list("pk", flat=True))
            api.read_by_therapist(appointment_id=appointment_id, therapist_id=therapist.pk)
            (line,) = Event.objects.exclude(pk__in=before)
            assert line.actor == f"therapist:{therapist.pk}"
            assert line.subject == f"appointment:{appointment_id}"
            lines.append((line.action, line.detail))
    assert lines == [("read what was said alone", {})] * 2


def test_neither_the_audit_nor_a_message_nor_the_joint_record_holds_an_answer() -> None:
    for_couples()
    first = First().proves().speaks(YES, may_read="on")
    second = Second().joins(first.asks()).proves().speaks(UNSURE)
    assert second.accepts() == 303
    lines = " ".join(f"{each.action} {each.subject} {each.detail}" for each in Event.objects.all())
    assert not re.search(r"\b(yes|unsure|unsafe)\b", lines)
    for row in (booking_of(first.key), booking_of(second.key)):
        assert not re.search(r"\b(yes|unsure|unsafe)\b", f"{row.request} {row.told}")
    for message in (*sent_to(ALEX), *sent_to(SAM)):
        assert not re.search(r"unsafe|unsure|with you alone", f"{message.subject} {message.body} {message.calendar}")


def test_help_is_there_before_and_whatever_is_answered() -> None:
    for_couples()
    first = First().proves()
    page = first.client.get(f"{first.key}alone/").content.decode()
    assert "988" in page
    assert "Being afraid of someone is something else" in page
    refused = first.client.post(f"{first.key}alone/", {})
    assert refused.status_code == 422
    assert "is an answer too" in refused.content.decode()


def test_what_was_said_can_be_said_again_otherwise() -> None:
    for_couples()
    first = First().proves().speaks(NO).speaks(YES)
    aside = Aside.objects.get(booking=booking_of(first.key))
    assert from_kept(aside.said).answer == YES


def test_both_read_before_and_after_that_the_therapist_decides_whether_they_go_on_together() -> None:
    for_couples()
    first = First().proves()
    says = "your therapist decides whether you go on together that day. It is so for every couple"
    assert says in first.client.get(f"{first.key}alone/").content.decode()
    link = first.speaks().asks()
    second = Second()
    assert says in second.client.get(link).content.decode()
    second.joins(link).proves()
    assert says in second.client.get(f"{second.key}alone/").content.decode()
    second.speaks()
    for one in (first, second):
        assert says in one.client.get(one.key, follow=True).content.decode()
    assert second.accepts() == 303
    for one in (first, second):
        assert says in one.client.get(one.key, follow=True).content.decode()
