"""Two people and one time, each in a browser of their own."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client

from nearer.care.tests.builders import (
    a_covered_therapist,
    appointment_of,
    asked,
    booking_of,
    code_sent,
    held,
    registered,
    someone_free,
)
from nearer.care.tests.couples import (
    ALEX,
    PARTNER,
    SAM,
    First,
    Second,
    asked_couple,
    for_couples,
    live,
    screen,
    sent_to,
    two_of_them,
)
from nearer.scheduling.models import Attendance

pytestmark = pytest.mark.django_db


def test_two_people_in_two_states_book_one_time_and_each_has_a_record_of_their_own() -> None:
    for_couples(given_name="Ada", family_name="Okafor")
    first, second = two_of_them()
    assert "Waiting for the other person" in screen(first.client, first.key)
    assert "Does this time suit you?" in screen(second.client, second.key)
    assert second.accepts() == 303
    for one in (first, second):
        assert "Your time is confirmed" in screen(one.client, one.key)
    mine, theirs = booking_of(first.key), booking_of(second.key)
    assert mine.appointment_id == theirs.appointment_id
    assert mine.client_id != theirs.client_id
    assert Attendance.objects.filter(appointment_id=mine.appointment_id, status="confirmed").count() == 2
    assert [m.kind for m in sent_to(ALEX)].count("confirmed") == [m.kind for m in sent_to(SAM)].count("confirmed") == 1


def test_nothing_is_confirmed_until_the_other_person_agrees() -> None:
    for_couples()
    first, _ = asked_couple()
    assert first.client.post(f"{first.key}confirm/").status_code == 303
    assert appointment_of(first.key).status == "held"


def test_each_is_told_their_own_part_alone_and_the_part_together() -> None:
    for_couples()
    first, second = two_of_them()
    second.accepts()
    said = re.compile(r"You alone</dt><dd>(.*?)<br>.*?Both of you</dt><dd>(.*?)</dd>", re.DOTALL)
    parts = [said.search(screen(each.client, each.key)) for each in (first, second)]
    (mine, both), (theirs, both_again) = ((found[1], found[2]) for found in parts if found is not None)
    assert mine != theirs
    assert both == both_again


def test_each_reads_only_licences_where_they_said_they_are() -> None:
    for_couples(states=("MA", "NY", "RI"))
    first, second = two_of_them(partner_jurisdiction="RI")
    second.accepts()
    mine, theirs = screen(first.client, first.key), screen(second.client, second.key)
    assert "licensed in Massachusetts" in mine
    assert "licensed in New York" not in mine
    assert "licensed in New York" in theirs
    assert "licensed in Massachusetts" not in theirs


def test_a_confirmed_time_is_cancelled_for_both_and_neither_reads_by_whom() -> None:
    for_couples()
    first, second = two_of_them()
    second.accepts()
    assert "it is cancelled for both" in second.client.get(f"{second.key}cancel/").content.decode()
    second.client.post(f"{second.key}cancel/")
    letters = [[each for each in sent_to(email) if each.kind == "cancelled"] for email in (ALEX, SAM)]
    assert [len(each) for each in letters] == [1, 1]
    mine, theirs = (each[0].body.replace("Alex", "").replace("Sami", "").split("http")[0] for each in letters)
    assert mine == theirs
    for one in (first, second):
        assert "This time is not going ahead" in screen(one.client, one.key)
    assert not live()


def test_neither_can_move_a_time_for_two_alone() -> None:
    for_couples()
    first, second = two_of_them()
    second.accepts()
    assert "Move it" not in screen(first.client, first.key)
    start = appointment_of(first.key).session.lower + timedelta(days=1)
    first.client.post(f"{first.key}move/", {"start": start.isoformat()})
    assert appointment_of(first.key).session.lower != start


def test_another_time_is_asked_for_and_then_it_is_the_others_turn() -> None:
    for_couples(given_name="Ada")
    first, second = two_of_them()
    before = appointment_of(first.key)
    propose(second, place=4)
    assert "Waiting for the other person" in screen(second.client, second.key)
    assert "Another time is asked for" in screen(first.client, first.key)
    assert [each.pk for each in live()] == [appointment_of(first.key).pk]
    assert appointment_of(first.key).pk == appointment_of(second.key).pk != before.pk
    assert first.client.post(f"{first.key}accept/", {"appointment": appointment_of(first.key).pk}).status_code == 303
    assert "Your time is confirmed" in screen(second.client, second.key)


def test_who_saw_another_time_does_not_agree_to_this_one() -> None:
    for_couples()
    first, second = two_of_them()
    propose(second, place=4)
    seen = appointment_of(first.key).pk
    propose(second, place=2)
    response = first.client.post(f"{first.key}accept/", {"appointment": seen})
    assert response.status_code == 409
    assert "The time has changed" in response.content.decode()
    assert appointment_of(first.key).status == "held"


def test_the_one_who_waits_can_not_tell_how_far_the_other_one_is() -> None:
    for_couples()
    first, link = asked_couple()
    seen = [without_links(screen(first.client, first.key))]
    second = Second().joins(link)
    seen.append(without_links(screen(first.client, first.key)))
    second.proves()
    seen.append(without_links(screen(first.client, first.key)))
    second.speaks("yes", may_read="on")
    seen.append(without_links(screen(first.client, first.key)))
    assert len(set(seen)) == 1
    assert "Ask for another time" not in seen[0]
    assert first.client.get(f"{first.key}times/").status_code == 303


def test_who_asks_again_learns_nothing_and_the_other_one_gets_their_own_key_once_more() -> None:
    for_couples()
    first, second = two_of_them()
    before = [each.subject for each in sent_to(SAM)].count("Your page for this time")
    response = first.client.post(f"{first.key}ask/", {"email": "typo@example.net"})
    assert response.status_code == 303
    assert [each.subject for each in sent_to(SAM)].count("Your page for this time") == before + 1
    assert not sent_to("typo@example.net")
    assert second.accepts() == 303


def without_links(page: str) -> str:
    return re.sub(r"[A-Za-z0-9_-]{32,}", "*", page)


def test_a_must_of_the_other_person_brings_a_shared_answer_and_nobody_is_told_whose_it_was() -> None:
    for_couples(given_name="Ada", traits={"language": ["en"]})
    first, link = asked_couple()
    for_couples(given_name="Bea", traits={"language": ["en", "es"]})
    needs = {"plan": "self", "language": ["es"], "language_strength": "must"}
    second = Second().joins(link, needs=needs).proves().speaks()
    page = screen(second.client, second.key)
    assert "does not fit everything that the two of you need" in page
    assert second.accepts() == 409
    shown = second.client.get(f"{second.key}times/").content.decode()
    assert "Bea" in shown
    assert "Ada" not in shown.split("<main", 1)[1].replace("Ada Rivera does not", "")
    assert "Spanish" not in shown
    propose(second, place=0)
    asked_again = screen(first.client, first.key)
    assert "Bea" in asked_again
    assert "Spanish" not in asked_again


def test_the_other_ones_own_therapist_does_not_see_them_both() -> None:
    ada = someone_free(given_name="Ada", services=["couples", "individual"], licensed_in=["MA", "NY"])
    alone = Client()
    own = registered(alone, held(alone, asked(alone, state="NY")), **PARTNER)
    alone.post(f"{own}code/", {"code": code_sent()})
    first, link = asked_couple()
    second = Second().joins(link).proves().speaks()
    assert "does not fit everything" in screen(second.client, second.key)
    assert second.accepts() == 409
    assert ada.npi not in second.client.get(f"{second.key}times/").content.decode()
    assert first.key


def test_the_licence_is_needed_where_the_other_person_really_is() -> None:
    for_couples(states=("MA",))
    _, link = asked_couple()
    second = Second().joins(link, state="NY").proves().speaks()
    assert "does not fit everything" in screen(second.client, second.key)


def test_only_one_plan_is_billed_and_the_other_reads_nothing_of_it() -> None:
    therapist, plan = a_covered_therapist(services=["couples"], licensed_in=["MA", "NY"])
    first = First().proves(plan=str(plan.pk)).speaks()
    second = Second().joins(first.asks(billed="1")).proves().speaks()
    second.accepts()
    mine, theirs = screen(first.client, first.key), screen(second.client, second.key)
    assert "Harbor Silver" in mine
    assert "Harbor Silver" not in theirs
    assert "Blue Harbor" not in theirs
    assert "Not billed to you or your plan" in theirs
    assert therapist.pk


def test_what_it_means_to_be_billed_is_said_before_anybody_agrees_to_it() -> None:
    _, plan = a_covered_therapist(services=["couples"], licensed_in=["MA", "NY"])
    first = First().proves(plan=str(plan.pk)).speaks()
    page = first.client.get(f"{first.key}ask/").content.decode()
    for consequence in ("diagnosis", "explanation of benefits", "in their records", "holds the policy"):
        assert consequence in page
    link = first.asks(billed="2")
    step = Client().post(Client().post(link, {"jurisdiction": "NY"}).headers["Location"], {"plan": "self"})
    form = Client().get(step.headers["Location"]).content.decode()
    assert "explanation of benefits" in form
    refused = Client().post(step.headers["Location"], PARTNER)
    assert refused.status_code == 422
    assert "Nobody is billed without agreeing" in refused.content.decode()


def propose(one: First | Second, *, place: int) -> None:
    """Choose one of the times that are shown for two."""
    page = one.client.get(f"{one.key}times/").content.decode()
    form = re.findall(r"<form[^>]*/times/.*?</form>", page, re.DOTALL)[0]
    said = dict(re.findall(r'type="hidden" name="(npi|modality)" value="([^"]*)"', form))
    starts = re.findall(r'name="start" value="([^"]*)"', form)
    response = one.client.post(f"{one.key}times/", {**said, "start": starts[place]})
    assert response.status_code == 303, response.content.decode()
