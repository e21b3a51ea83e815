"""Someone for the two of them and someone of one's own: other people, other days."""

from __future__ import annotations

import re
from datetime import datetime, timedelta

import pytest
from django.test import Client

from nearer.care.models import Booking
from nearer.care.rules.couples import day_of
from nearer.care.tests.builders import HERE, appointment_of, asked, choices, code_sent, held, registered, someone_free
from nearer.care.tests.couples import First, Second, for_couples, screen
from nearer.directory.models import Therapist

pytestmark = pytest.mark.django_db

ZONE = "America/New_York"


def for_both() -> tuple[First, str]:
    """Return someone whose time for two is agreed, and the address of their search for one of their own."""
    someone_free(services=["couples", "individual"], given_name="Ada", licensed_in=["MA", "NY"])
    someone_free(given_name="Ben")
    first = First().proves(who="both").speaks()
    Second().joins(first.asks()).proves().speaks().accepts()
    page = screen(first.client, first.key)
    found = re.search(r'href="(/find/[^"]+/)">Find someone of my own', page)
    assert found is not None
    return first, found[1]


def test_the_second_half_is_with_someone_else_on_another_day() -> None:
    first, own = for_both()
    together = appointment_of(first.key)
    offered = choices(first.client, own)
    page = first.client.get(own).content.decode()
    assert "Ben" in page
    assert "Ada" not in page
    days = {day_of(datetime.fromisoformat(each["start"]), ZONE) for each in offered}
    assert days
    assert day_of(together.session.lower, ZONE) not in days


def test_who_posts_the_couples_therapist_or_its_day_is_refused_with_a_sentence() -> None:
    first, own = for_both()
    couple = appointment_of(first.key)
    ben = choices(first.client, own)[0]
    ada = Booking.objects.get(appointment=couple, place=1).appointment.therapist.npi
    theirs = first.client.post(f"{own}hold/", ben | {"npi": ada}, headers=HERE)
    assert (theirs.status_code, "already sees you in another way" in theirs.content.decode()) == (409, True)
    same_day = couple.session.lower + timedelta(hours=2)
    refused = first.client.post(f"{own}hold/", ben | {"start": same_day.isoformat()}, headers=HERE)
    assert (refused.status_code, "on that day" in refused.content.decode()) == (409, True)


def test_whoever_comes_by_another_search_is_refused_when_the_second_half_is_confirmed() -> None:
    """The link of the first half keeps the days apart; a search that knows nothing of it meets the check in the end."""
    first, _ = for_both()
    couple = appointment_of(first.key)
    day = day_of(couple.session.lower, ZONE)
    other = Client()
    answer = asked(other)
    seen = choices(other, f"{answer}therapists/{npi_of('Ben')}/")
    on_that_day = [n for n, each in enumerate(seen) if day_of(datetime.fromisoformat(each["start"]), ZONE) == day]
    assert on_that_day
    response = other.post(f"{answer}hold/", seen[on_that_day[-1]], headers=HERE)
    key = registered(other, response.headers["Location"])
    refused = other.post(f"{key}code/", {"code": code_sent()})
    assert refused.status_code == 409
    assert "You have the other time on that day" in refused.content.decode()
    assert appointment_of(key).status == "held"


def test_an_own_time_is_not_moved_onto_the_day_of_the_time_for_two() -> None:
    first, own = for_both()
    day = day_of(appointment_of(first.key).session.lower, ZONE)
    key = registered(first.client, held(first.client, own, choice=0))
    first.client.post(f"{key}code/", {"code": code_sent()})
    assert appointment_of(key).status == "confirmed"
    moved = first.client.get(f"{key}move/").content.decode()
    starts = re.findall(r'name="start" value="([^"]*)"', moved)
    same = [start for start in starts if day_of(datetime.fromisoformat(start), ZONE) == day]
    assert same
    response = first.client.post(f"{key}move/", {"start": same[-1]})
    assert response.status_code == 409
    assert "You have the other time on that day" in response.content.decode()


def test_a_time_for_two_is_not_asked_for_on_the_day_of_ones_own() -> None:
    for_couples(given_name="Ada")
    someone_free(given_name="Ben")
    first = First().proves()
    day = day_of(appointment_of(first.key).session.lower, ZONE)
    answer = asked(first.client)
    seen = choices(first.client, f"{answer}therapists/{npi_of('Ben')}/")
    same = next(each for each in seen[::-1] if day_of(datetime.fromisoformat(each["start"]), ZONE) == day)
    own = registered(first.client, first.client.post(f"{answer}hold/", same, headers=HERE).headers["Location"])
    first.client.post(f"{own}code/", {"code": code_sent()})
    assert appointment_of(own).status == "confirmed"
    first.speaks()
    response = first.client.post(f"{first.key}ask/", {"email": "sam@example.net"})
    assert response.status_code == 409
    assert "You have the other time on that day" in response.content.decode()


def test_not_sure_is_an_answer_that_shows_both_kinds() -> None:
    for_couples(given_name="Ada")
    someone_free(given_name="Ben")
    client = Client()
    assert "That is an answer too." in client.get("/find/").content.decode()
    answer = asked(client, who="unsure")
    assert {each["service"] for each in choices(client, answer)} == {"couples", "individual"}


def test_the_two_kinds_are_shown_of_different_people_where_there_are_enough() -> None:
    for name in ("Ada", "Bea"):
        someone_free(services=["couples", "individual"], given_name=name)
    for name in ("Cal", "Dee", "Eve"):
        someone_free(given_name=name)
    client = Client()
    offered = choices(client, asked(client, who="both"))
    kinds = {kind: {each["npi"] for each in offered if each["service"] == kind} for kind in ("couples", "individual")}
    assert kinds["couples"].isdisjoint(kinds["individual"])
    assert all(kinds.values())


def npi_of(name: str) -> str:
    return Therapist.objects.get(given_name=name).npi
