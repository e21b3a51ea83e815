"""Looking: anyone, without a trace."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
import time_machine
from django.apps import apps
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.urls import resolve

from nearer.care.rules.tokens import open_answers
from nearer.care.tests.builders import a_covered_therapist, asked, choices, findable, someone_free
from nearer.design.tests.weight import ALLOWED, weight
from nearer.directory.models import Plan, Therapist
from nearer.directory.tests.builders import a_trait
from nearer.foundation import clock

pytestmark = pytest.mark.django_db


def rows() -> dict[str, int]:
    return {model._meta.label: model._default_manager.count() for model in apps.get_models()}


def a_covered_therapist_of(plan: Plan) -> Therapist:
    return someone_free(networks=list(plan.networks.all()))


def answers_at(address: str) -> object:
    return open_answers(resolve(address).kwargs["token"], clock.now())


def test_looking_leaves_no_cookie_and_no_row(client: Client) -> None:
    therapist = someone_free()
    before = rows()
    seen = [client.get("/"), client.get("/find/"), client.post("/find/", {"who": "me", "jurisdiction": "MA"})]
    ask = seen[-1].headers["Location"]
    seen += [client.get(ask), client.post(ask, {}), client.post(ask, {"plan": "self", "age": "adult"})]
    answer = seen[-1].headers["Location"]
    seen += [
        client.get(answer),
        client.get(f"{answer}therapists/{therapist.npi}/"),
        client.get(f"{answer}all/individual/1/"),
        client.post(f"{answer}zone/", {"zone": "America/Chicago"}),
    ]
    assert [response.status_code for response in seen] == [200, 200, 303, 200, 422, 303, 200, 200, 200, 303]
    assert not [response for response in seen if response.cookies]
    assert not client.cookies
    assert rows() == before


def test_the_first_step_says_what_is_missing_and_keeps_what_was_chosen(client: Client) -> None:
    response = client.post("/find/", {"who": "us", "jurisdiction": ""})
    assert response.status_code == 422
    assert "Choose the state you will be in." in response.content.decode()
    assert re.search(r'value="us"[^>]*checked', response.content.decode())


def test_the_second_step_keeps_everything_that_was_chosen(client: Client) -> None:
    ask = client.post("/find/", {"who": "us", "jurisdiction": "MA"}).headers["Location"]
    chosen = {"concern": ["trust"], "concern_strength": "must", "times": ["weekend"], "partner_jurisdiction": "NY"}
    response = client.post(ask, {"plan": "", "age": "older", "partner_age": "adult", **chosen})
    page = response.content.decode()
    assert response.status_code == 422
    assert "Choose your plan, or that you pay yourself." in page
    for value in ("trust", "must", "weekend", "older"):
        assert re.search(rf'value="{value}"[^>]*checked', page), value
    assert re.search(r'value="NY"[^>]*selected', page)


@pytest.mark.parametrize(("who", "services"), [("me", ["individual"]), ("us", ["couples"])])
def test_a_search_finds_who_offers_what_is_sought(client: Client, who: str, services: list[str]) -> None:
    someone_free(services=services, given_name="Ada")
    someone_free(services=["family"], given_name="Ben")
    page = client.get(asked(client, who=who)).content.decode()
    assert "Ada Rivera" in page
    assert "Ben" not in page


def test_both_is_two_answers(client: Client) -> None:
    someone_free(services=["individual"])
    someone_free(services=["couples"])
    answer = asked(client, who="both")
    page = client.get(answer).content.decode()
    assert [page.index(title) for title in ("Couples therapy</h2>", "Individual therapy</h2>")]
    assert {choice["service"] for choice in choices(client, answer)} == {"couples", "individual"}


def test_a_couple_in_two_states_needs_a_license_in_both(client: Client) -> None:
    someone_free(services=["couples"], given_name="Ada", licensed_in=["MA"])
    someone_free(services=["couples"], given_name="Ben", licensed_in=["MA", "NY"])
    page = client.get(asked(client, who="us", partner_jurisdiction="NY")).content.decode()
    assert "Ben Rivera" in page
    assert "Ada" not in page


def test_a_plan_shows_its_network_and_when_it_was_checked(client: Client) -> None:
    _, plan = a_covered_therapist(given_name="Ada")
    someone_free(given_name="Ben")
    page = client.get(asked(client, plan=str(plan.pk))).content.decode()
    assert "Harbor Silver" in page
    assert "network: Blue Harbor" in page
    assert "checked on" in page
    assert "Ben" not in page


def test_a_plan_that_is_not_listed_is_said_honestly(client: Client) -> None:
    someone_free()
    page = client.get(asked(client, plan="unlisted")).content.decode()
    assert "We don’t know your plan’s network" in page
    assert "$150 for the first session" in page


def test_a_plan_of_another_state_can_not_be_chosen(client: Client) -> None:
    ask = client.post("/find/", {"who": "me", "jurisdiction": "CA"}).headers["Location"]
    _, plan = a_covered_therapist()
    assert client.post(ask, {"plan": str(plan.pk), "age": "adult"}).status_code == 422


def test_a_plan_that_ended_is_asked_for_again_with_the_rest_as_it_was(client: Client) -> None:
    therapist, plan = a_covered_therapist()
    answer = asked(client, plan=str(plan.pk), concern=["trust"])
    Plan.objects.update(ends_on=clock.now().date() - timedelta(days=2))
    for address in (answer, f"{answer}therapists/{therapist.npi}/", f"{answer}all/individual/1/"):
        response = client.get(address)
        assert response.status_code == 409
        assert "isn’t in force" in response.content.decode()
        assert re.search(r'value="trust"[^>]*checked', response.content.decode())


@pytest.mark.parametrize("field", ["age", "partner_age"])
def test_nobody_under_eighteen_is_promised_a_time(client: Client, field: str) -> None:
    ask = client.post("/find/", {"who": "us", "jurisdiction": "MA"}).headers["Location"]
    said = {"plan": "self", "age": "adult", "partner_age": "adult", "partner_jurisdiction": "MA", field: "under"}
    response = client.post(ask, said)
    assert response.status_code == 422
    assert "parent or guardian" in response.content.decode()


def test_a_must_that_shuts_everyone_out_comes_with_what_letting_go_would_bring(client: Client) -> None:
    therapist = someone_free(given_name="Ada")
    answer = asked(client, language=["ko"], language_strength="must")
    page = client.get(answer).content.decode()
    assert "We found nobody who fits everything" in page
    found = re.search(
        r'<li><a href="([^"]+)">Korean would be nice, not a must.</a> 1 more person, 1 of them free tomorrow', page
    )
    assert found is not None
    again = client.get(found[1]).content.decode()
    assert therapist.given_name in again
    assert "Has not listed: Korean" in again


def test_an_expired_search_says_so_and_starts_again(client: Client) -> None:
    answer = asked(client)
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        response = client.get(answer)
    assert response.status_code == 410
    assert "more than a day old" in response.content.decode()
    assert 'action="/find/"' in response.content.decode()


def test_answers_that_are_still_in_the_form_go_on_after_the_search_expired(client: Client) -> None:
    ask = client.post("/find/", {"who": "me", "jurisdiction": "MA"}).headers["Location"]
    with time_machine.travel(clock.now() + timedelta(hours=25)):
        form = {"who": "me", "jurisdiction": "MA", "plan": "self", "age": "older"}
        assert client.post(ask, form).status_code == 303


def test_an_altered_address_is_met_with_the_same_kindness(client: Client) -> None:
    answer = asked(client)
    response = client.get(answer.replace("k1.", "k1.x", 1))
    assert response.status_code == 404
    assert "Starting again takes a minute" in response.content.decode()


def test_a_search_without_its_second_step_is_asked_for_it(client: Client) -> None:
    ask = client.post("/find/", {"who": "me", "jurisdiction": "MA"}).headers["Location"]
    response = client.get(ask.removesuffix("ask/"))
    assert response.status_code == 303
    assert response.headers["Location"].endswith("/ask/")


def test_times_are_read_in_the_states_zone_until_another_is_chosen(client: Client) -> None:
    someone_free()
    answer = asked(client)
    assert "Times in Eastern time" in client.get(answer).content.decode()
    there = client.post(f"{answer}zone/", {"zone": "America/Los_Angeles"}).headers["Location"]
    page = client.get(there).content.decode()
    assert "Times in Pacific time" in page
    assert "6 a.m." in page
    same = client.post(f"{answer}zone/", {"zone": "Mars"}).headers["Location"]
    assert answers_at(same) == answers_at(answer)


def test_the_browsers_zone_is_used_where_it_gave_one(client: Client) -> None:
    someone_free()
    assert "Times in Isle of Man" in client.get(asked(client, zone="Europe/Isle_of_Man")).content.decode()
    assert "Times in Eastern time" in client.get(asked(client, zone="Mars")).content.decode()


def test_a_therapist_is_shown_with_two_weeks_of_times_and_where_facts_come_from(client: Client) -> None:
    therapist = someone_free(given_name="Ada")
    a_trait(therapist, kind="concern", code="trust")
    findable()
    answer = asked(client, concern=["trust"])
    page = client.get(f"{answer}therapists/{therapist.npi}/").content.decode()
    assert "Why am I shown this?" in page
    assert "Helps with: Trusting others" in page
    assert "Psychologist, licensed in Massachusetts" in page
    assert page.count('<details class="day"') >= 9
    assert "(test)" not in page
    assert "Where we know this from" in page


def test_a_therapist_who_does_not_fit_is_shown_with_one_sentence_and_a_way_back(client: Client) -> None:
    therapist = someone_free(licensed_in=["NY"])
    answer = asked(client)
    page = client.get(f"{answer}therapists/{therapist.npi}/").content.decode()
    assert "Massachusetts" in page
    assert f'href="{answer}"' in page
    assert 'name="start"' not in page


def test_a_therapist_nobody_knows(client: Client) -> None:
    response = client.get(f"{asked(client)}therapists/9000000000/")
    assert response.status_code == 404
    assert "See who can see you" in response.content.decode()


def test_everyone_else_is_behind_see_all(client: Client) -> None:
    for number in range(8):
        someone_free(given_name=f"Ada{number}")
    answer = asked(client)
    page = client.get(answer).content.decode()
    assert len({choice["npi"] for choice in choices(client, answer)}) == 5
    assert "See 3 more therapists" in page
    others = client.get(f"{answer}all/individual/1/").content.decode()
    assert others.count("<article") == 3


def test_a_service_nobody_asked_for_has_no_page(client: Client) -> None:
    assert client.get(f"{asked(client)}all/family/1/").status_code == 303


def test_nobody_is_shown_who_stopped_taking_clients_this_moment(client: Client) -> None:
    someone_free()
    answer = asked(client)
    Therapist.objects.update(accepting=False)
    assert not choices(client, answer)


def test_search_engines_are_told_to_leave_searches_alone(client: Client) -> None:
    assert client.get(asked(client)).headers["X-Robots-Tag"] == "noindex"


def test_an_answer_takes_as_few_queries_for_many_as_for_one(client: Client) -> None:
    _, plan = a_covered_therapist()
    answer = asked(client, plan=str(plan.pk))

    def queries() -> int:
        client.get(answer)
        with CaptureQueriesContext(connection) as seen:
            assert client.get(answer).status_code == 200
        return len(seen)

    for_one = queries()
    for _ in range(6):
        a_covered_therapist_of(plan)
    assert queries() == for_one <= 6


def test_every_byte_of_an_answer_fits_in_60_kb(client: Client) -> None:
    _, plan = a_covered_therapist()
    for _ in range(5):
        a_covered_therapist_of(plan)
    page = client.get(asked(client, plan=str(plan.pk))).content.decode()
    assert page.count("<article") == 5
    weights = weight(page)
    assert sum(weights.values()) <= ALLOWED, weights


def test_no_browser_keeps_who_was_looked_for_but_the_questions_outlive_back(client: Client) -> None:
    someone_free()
    answer = asked(client)
    npi = choices(client, answer)[0]["npi"]
    for page in (answer, f"{answer}therapists/{npi}/", f"{answer}all/individual/1/"):
        assert "no-store" in client.get(page).headers["Cache-Control"]
    assert client.get(f"{answer}ask/").headers["Cache-Control"] == "private, no-cache"
