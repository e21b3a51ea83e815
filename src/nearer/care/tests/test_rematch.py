"""It wasn't the right fit: nothing is owed, all that was given is kept, and the next search has learnt."""

from __future__ import annotations

import json
import re
from datetime import datetime
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.urls import resolve
from hypothesis import given
from hypothesis import strategies as st

from nearer.accounts.models import Client as Person
from nearer.care import api
from nearer.care.models import Booking, Rematch
from nearer.care.rules.answers import MUST, NICE, Answers, Wish
from nearer.care.rules.rematch import GENERAL, KNOWS, TIMES, WAY, learnt, reason
from nearer.care.rules.tokens import open_answers
from nearer.care.tests.builders import (
    HERE,
    appointment_of,
    booking_of,
    choices,
    code_sent,
    confirmed,
    held,
    registered,
    someone_free,
)
from nearer.care.tests.test_by_therapist import ahead
from nearer.care.tests.test_series import ticks
from nearer.directory.api import vocabulary
from nearer.foundation import clock
from nearer.outbox.models import Message

NOTE = "I think in pictures. Please ask, and wait."
OWN = {"style": ["direct"], "language": ["en"]}


def met_direct(client: Client) -> str:
    someone_free(traits=OWN)
    booking = confirmed(client)
    someone_free(traits={"style": ["gentle"], "language": ["en"]}, given_name="Gentle")
    someone_free(traits={"style": ["direct"], "language": ["en"]}, given_name="Alsodirect")
    return booking


def fit(client: Client, booking: str, **said: Any) -> str:
    response = client.post(f"{booking}fit/", said)
    assert response.status_code == 303, response.content.decode()
    return response.headers["Location"]


def answers_at(address: str) -> Answers:
    return open_answers(resolve(address).kwargs["token"], clock.now())


@pytest.mark.django_db
def test_nothing_has_to_be_ticked_and_the_first_therapist_is_not_shown_again(client: Client) -> None:
    booking = met_direct(client)
    answers = answers_at(fit(client, booking))
    assert answers.excluded == (appointment_of(booking).therapist_id,)
    assert answers.follows == booking_of(booking).pk
    assert appointment_of(booking).status == "confirmed"


@pytest.mark.django_db
def test_whoever_has_the_failed_trait_is_left_out_and_the_page_says_so(client: Client) -> None:
    booking = met_direct(client)
    assert "Their way: Direct" in client.get(f"{booking}fit/").content.decode()
    page = client.get(fit(client, booking, reasons=["style:direct"])).content.decode()
    assert "Gentle" in page
    assert "Alsodirect" not in page
    assert "Not: Direct" in page


@pytest.mark.django_db
def test_the_next_booking_asks_for_nothing_again_and_carries_the_note(client: Client) -> None:
    booking = met_direct(client)
    answer = fit(client, booking, note=NOTE)
    second = held(client, answer, choice=1)
    before, after = booking_of(booking), booking_of(second)
    assert (after.client_id, after.member_id) == (before.client_id, before.member_id)
    assert "Shall we confirm this time?" in client.get(second).content.decode()
    assert client.post(f"{second}confirm/").status_code == 303
    assert notes_of(appointment_of(second).therapist_id) == [NOTE]
    assert notes_of(appointment_of(booking).therapist_id) == [""]


def notes_of(therapist_id: int) -> list[str]:
    return [visit.note for visit in api.clients_of(therapist_id, ahead())]


@pytest.mark.django_db
def test_who_still_has_a_time_is_told_at_once_that_another_meets_it(client: Client) -> None:
    booking = met_direct(client)
    answer = fit(client, booking)
    same = next(each for each in choices(client, answer) if at(each) == appointment_of(booking).session.lower)
    response = client.post(f"{answer}hold/", same, headers=HERE)
    assert response.status_code == 409
    assert "You already have an appointment at that time" in response.content.decode()
    assert Booking.objects.count() == 1


def at(choice: dict[str, str]) -> datetime:
    return datetime.fromisoformat(choice["start"])


@pytest.mark.django_db
def test_a_note_stays_with_the_therapist_of_the_confirmed_time(client: Client) -> None:
    booking = met_direct(client)
    answer = fit(client, booking, note=NOTE)
    second = held(client, answer, choice=1)
    assert client.post(f"{second}confirm/").status_code == 303
    held(client, answer, choice=-1)
    assert Rematch.objects.get().next_booking_id == booking_of(second).pk


@pytest.mark.django_db
def test_reasons_and_note_are_sealed_in_the_database_and_in_no_mail_or_address(client: Client) -> None:
    booking = met_direct(client)
    address = fit(client, booking, note=NOTE, reasons=["heard", "style:direct"])
    row = Rematch.objects.get()
    assert (row.note, json.loads(row.reasons)) == (NOTE, ["heard", "style:direct"])
    with connection.cursor() as cursor:
        cursor.execute("SELECT reasons_sealed || note_sealed FROM care_rematch")
        stored = cursor.fetchone()[0]
    for said in ("pictures", "heard", "direct"):
        assert said not in stored
        assert said not in address
    assert not any("pictures" in message.body for message in Message.objects.all())


@pytest.mark.django_db
def test_times_to_come_are_offered_to_be_cancelled_and_only_the_ticked_ones_are(client: Client) -> None:
    booking = met_direct(client)
    row = booking_of(booking)
    starts = ticks(client.get(f"{booking}series/").content.decode())
    client.post(f"{booking}series/", {"every": "1", "count": "4", "start": starts})
    page = client.get(f"{booking}fit/").content.decode()
    offered = re.findall(r'name="cancel" value="(\d+)"', page)
    assert len(offered) == 1 + len(starts)
    assert "This is on time. Nothing is owed." in page
    assert not re.search(r'name="cancel"[^>]*checked', page)
    fit(client, booking, cancel=offered[1:])
    assert appointment_of(booking).status == "confirmed"
    cancelled = Booking.objects.exclude(pk=row.pk).values_list("appointment__status", flat=True)
    assert set(cancelled) == {"cancelled"}


@pytest.mark.django_db
def test_nobody_cancels_what_is_not_theirs(client: Client) -> None:
    booking = met_direct(client)
    someone = Client()
    other = registered(someone, held(someone, choice=-1), email="someone.else@example.org", legal_name="Someone Else")
    someone.post(f"{other}code/", {"code": code_sent()})
    assert appointment_of(other).status == "confirmed"
    response = client.post(f"{booking}fit/", {"cancel": [str(booking_of(other).pk)]})
    assert response.status_code == 422
    assert appointment_of(other).status == "confirmed"


@pytest.mark.django_db
def test_a_note_that_is_too_long_is_not_lost(client: Client) -> None:
    booking = met_direct(client)
    response = client.post(f"{booking}fit/", {"note": "x" * 2001})
    assert response.status_code == 422
    assert "x" * 2001 in response.content.decode()
    assert not Rematch.objects.exists()


@pytest.mark.django_db
def test_who_has_found_nobody_yet_has_nothing_to_look_again_for(client: Client) -> None:
    someone_free()
    booking = held(client)
    assert client.get(f"{booking}fit/").status_code == 303


@pytest.mark.django_db
def test_a_search_that_follows_a_booking_nobody_proved_keeps_nothing(client: Client) -> None:
    someone_free()
    booking = confirmed(client)
    address = fit(client, booking)
    someone_free(given_name="Other")
    Person.objects.update(email_verified_at=None)
    second = held(client, address)
    assert booking_of(second).client_id is None


@pytest.mark.django_db
def test_a_search_that_follows_a_booking_opens_nothing_in_another_browser(client: Client) -> None:
    """The control is the same address in the browser that left the booking."""
    someone_free()
    booking = confirmed(client)
    address = fit(client, booking)
    someone_free(given_name="Other")
    stranger = Client()
    theirs = held(stranger, address)
    assert booking_of(theirs).client_id is None
    assert "client@example.org" not in stranger.get(theirs).content.decode()
    ours = held(client, address, choice=-1)
    assert booking_of(ours).client_id == booking_of(booking).client_id


@pytest.mark.django_db
def test_following_another_booking_than_ones_own_is_a_strangers_search(client: Client) -> None:
    someone_free()
    fit(client, confirmed(client))
    other = Client()
    theirs = registered(other, held(other, choice=-1), email="someone.else@example.org", legal_name="Someone Else")
    other.post(f"{theirs}code/", {"code": code_sent()})
    address = fit(other, theirs)
    someone_free(given_name="Third")
    assert booking_of(held(client, address)).client_id is None


@pytest.mark.django_db
def test_when_the_therapist_cancels_others_are_offered_and_what_was_given_is_kept(client: Client) -> None:
    booking = met_direct(client)
    row = appointment_of(booking)
    api.cancel_by_therapist(
        appointment_id=row.pk, therapist_id=row.therapist_id, site="https://example.org", now=clock.now()
    )
    page = client.get(booking).content.decode()
    assert "We are sorry" in page
    assert "Others who have time" in page
    (theirs, *_) = re.findall(r'href="(/find/[^"]+/therapists/\d+/)"', page)
    shown = client.get(theirs).content.decode()
    times = re.findall(r'name="start" value="([^"]*)"', shown)
    assert times
    hidden = dict(re.findall(r'type="hidden" name="(\w+)" value="([^"]*)"', shown[shown.index("/hold/") :]))
    token = theirs.partition("/therapists/")[0]
    response = client.post(f"{token}/hold/", {**hidden, "start": times[0]}, headers=HERE)
    assert booking_of(response.headers["Location"]).client_id == booking_of(booking).client_id


@pytest.mark.django_db
def test_another_time_is_answered_on_the_page(client: Client) -> None:
    someone_free()
    booking = confirmed(client)
    row = appointment_of(booking)
    other = datetime.fromisoformat(ticks(client.get(f"{booking}series/").content.decode())[0])
    act: dict[str, Any] = {"appointment_id": row.pk, "therapist_id": row.therapist_id, "site": "https://example.org"}
    api.move_by_therapist(**act, start=other, now=clock.now())
    assert "Could you meet at another time?" in client.get(booking).content.decode()
    assert client.post(f"{booking}asked/", {"answer": "no"}).status_code == 303
    assert "Could you meet" not in client.get(booking).content.decode()
    assert appointment_of(booking).session == row.session
    late = client.post(f"{booking}asked/", {"answer": "yes"})
    assert late.status_code == 409
    assert "Your own time stays as it was" in late.content.decode()
    api.move_by_therapist(**act, start=other, now=clock.now())
    assert client.post(f"{booking}asked/", {"answer": "yes"}).status_code == 303
    assert appointment_of(booking).session.lower == other


kinds = st.sampled_from(["style", "approach"])
trait_reasons = kinds.flatmap(
    lambda kind: st.sampled_from(list(vocabulary.TRAITS[kind])).map(lambda c: reason(kind, c))
)
all_reasons = st.lists(st.sampled_from(GENERAL) | trait_reasons, unique=True)
wishes = st.lists(
    st.sampled_from(["style", "approach", "concern", "language"]).flatmap(
        lambda kind: st.builds(
            Wish,
            st.just(kind),
            st.lists(st.sampled_from(list(vocabulary.TRAITS[kind])), min_size=1, unique=True).map(tuple),
            st.sampled_from([MUST, NICE]),
        )
    ),
    unique_by=lambda wish: wish.kind,
).map(tuple)


@given(wishes, all_reasons, st.sampled_from(["telehealth", "in_person"]))
def test_what_failed_is_avoided_never_wished_for_and_the_rest_stays(
    wished: tuple[Wish, ...], reasons: list[str], modality: str
) -> None:
    before = Answers(who="me", jurisdiction="MA", zone="America/New_York", seed=1, wishes=wished, times=("weekend",))
    after = learnt(before, reasons, modality=modality)
    failed = {tuple(each.split(":")) for each in reasons if ":" in each}
    assert {(wish.kind, code) for wish in after.avoid for code in wish.codes} == failed
    kept = {(wish.kind, code) for wish in after.wishes for code in wish.codes}
    assert kept == {(wish.kind, code) for wish in before.wishes for code in wish.codes} - failed
    assert (after.modality is None) == (WAY not in reasons)
    assert (after.times == ()) == (TIMES in reasons)
    assert (after.jurisdiction, after.zone, after.plan_id, after.age) == ("MA", "America/New_York", None, "adult")
    if KNOWS in reasons:
        assert all(wish.strength == MUST for wish in after.wishes if wish.kind == "concern")


@given(wishes, all_reasons)
def test_learning_the_same_twice_is_learning_it_once(wished: tuple[Wish, ...], reasons: list[str]) -> None:
    before = Answers(who="me", jurisdiction="MA", zone="America/New_York", seed=1, wishes=wished)
    once = learnt(before, reasons, modality="telehealth")
    assert learnt(once, reasons, modality="telehealth") == once
