"""The link of whoever was asked: what it opens, when it opens nothing, and that nothing typed is lost."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client

from nearer.accounts.models import Client as Person
from nearer.care.models import Booking, Couple
from nearer.care.operations.couples import asking, leaving
from nearer.care.rules.invitations import open_invitation, seal_invitation
from nearer.care.tests.builders import DETAILS, asked, booking_of, code_sent, held, registered
from nearer.care.tests.couples import (
    ALEX,
    PARTNER,
    SAM,
    First,
    Second,
    asked_couple,
    couple_of,
    for_couples,
    link_sent,
    live,
    put_back,
    screen,
    sent_to,
    two_of_them,
)
from nearer.foundation import clock
from nearer.scheduling.models import Appointment

pytestmark = pytest.mark.django_db


def sentence(client: Client, link: str, *, status: int = 410) -> str:
    response = client.get(link)
    assert response.status_code == status
    page = response.content.decode()
    assert "This link opens nothing now" in page
    return page


def test_the_link_shows_who_and_when_and_nothing_of_the_one_who_asks() -> None:
    for_couples(given_name="Ada", family_name="Okafor")
    first, link = asked_couple()
    page = Client().get(link).content.decode()
    assert "Ada Okafor" in page
    for mine in (ALEX, "Alexandra", "Alex,", "Massachusetts</dd>", "555-0134"):
        assert mine not in page
    assert Client().get(link).cookies == {}
    assert first.key


def test_the_e_mail_says_neither_who_asks_nor_what_about() -> None:
    for_couples(given_name="Ada", family_name="Okafor")
    asked_couple()
    (message,) = sent_to(SAM)
    for word in ("Alex", "Okafor", "herap", "ouples", "Nearer"):
        assert word not in f"{message.subject} {message.body}"


def test_a_link_that_was_used_says_so_and_what_was_begun_stays() -> None:
    for_couples()
    _, link = asked_couple()
    second = Second().joins(link).proves()
    assert "used already" in sentence(Client(), link)
    assert "One question, for you alone" in screen(second.client, second.key)


def test_a_link_that_was_opened_but_never_proven_can_be_opened_again() -> None:
    for_couples()
    _, link = asked_couple()
    Second().joins(link, email="typo@example.net")
    second = Second().joins(link).proves()
    assert Booking.objects.filter(place=2).count() == 1
    assert Person.objects.filter(email="typo@example.net").count() == 0
    assert booking_of(second.key).client_id


def test_a_newer_link_makes_the_one_before_worthless() -> None:
    for_couples()
    first, old = asked_couple()
    new = first.asks("other@example.net")
    assert "newer one was sent" in sentence(Client(), old)
    assert Client().get(new).status_code == 200


def test_a_link_is_sent_five_times_at_most() -> None:
    for_couples()
    first, _ = asked_couple()
    for _number in range(4):
        first.asks()
    refused = first.client.post(f"{first.key}ask/", {"email": SAM})
    assert refused.status_code == 422
    assert "five times" in refused.content.decode()


def test_a_link_runs_out_with_the_time_that_waits() -> None:
    for_couples()
    first, _ = asked_couple()
    couple = couple_of(first.key)
    gone = seal_invitation(couple.pk, couple.invitation, clock.now() - timedelta(seconds=1))
    assert "run out" in sentence(Client(), f"/partner/{gone}/")


def test_a_link_that_was_cut_short_says_so() -> None:
    assert "cut short" in sentence(Client(), "/partner/nonsense/", status=404)


@pytest.mark.parametrize("gone", ["left", "forgotten"])
def test_a_link_to_a_time_that_is_gone_says_no_more_than_that(gone: str) -> None:
    for_couples()
    first, link = asked_couple()
    if gone == "left":
        first.client.post(f"{first.key}leave/")
    else:
        Booking.objects.all().delete()
        Couple.objects.all().delete()
    assert "is not going ahead" in sentence(Client(), link)


def test_the_one_who_asked_can_not_be_the_other_one_and_loses_nothing_by_trying() -> None:
    for_couples()
    _, link = asked_couple()
    year, email, name = DETAILS["birth_date_year"], DETAILS["email"], DETAILS["legal_name"]
    second = Second().joins(link, birth_date_year=year, email=email, legal_name=name)
    response = second.client.post(f"{second.key}code/", {"code": code_sent()})
    assert response.status_code == 422
    assert "This is the person who asked" in response.content.decode()
    assert "Alexandra Example" in second.client.get(f"{second.key}details/").content.decode()
    assert second.client.post(f"{second.key}details/", PARTNER).status_code == 303
    assert "One question, for you alone" in screen(second.proves().client, second.key)


def test_two_people_need_two_mailboxes_and_who_can_not_read_one_is_not_told_whose_it_is() -> None:
    for_couples()
    _, link = asked_couple()
    second = Second().joins(link, email=ALEX)
    wrong = second.client.post(f"{second.key}code/", {"code": "000000"}).content.decode()
    assert "belongs to this booking" not in wrong
    right = second.client.post(f"{second.key}code/", {"code": code_sent()})
    assert "belongs to this booking already" in right.content.decode()
    assert Person.objects.filter(email_verified_at__isnull=False).count() == 1


def test_the_link_does_not_go_to_ones_own_address() -> None:
    for_couples()
    first = First().proves().speaks()
    refused = first.client.post(f"{first.key}ask/", {"email": ALEX.upper()})
    assert refused.status_code == 422
    assert "your own address" in refused.content.decode()


def test_a_partner_under_age_is_told_so_and_loses_nothing() -> None:
    for_couples()
    _, link = asked_couple()
    second = Second()
    step = second.client.post(second.client.post(link, {"jurisdiction": "NY"}).headers["Location"], {"plan": "self"})
    young = PARTNER | {"birth_date_year": str(clock.now().year - 15)}
    response = second.client.post(step.headers["Location"], young)
    page = response.content.decode()
    assert response.status_code == 422
    assert "under 18" in page
    assert "Samira Sample" in page
    assert Booking.objects.filter(place=2).count() == 0


def test_a_state_left_out_is_asked_for() -> None:
    for_couples()
    _, link = asked_couple()
    response = Client().post(link, {"jurisdiction": ""})
    assert response.status_code == 422
    assert "Choose the state you will be in." in response.content.decode()


def test_saying_no_by_the_link_alone_takes_no_name_and_frees_the_time() -> None:
    for_couples()
    first, link = asked_couple()
    stranger = Client()
    assert "Say no to this time?" in stranger.get(f"{link}no/").content.decode()
    assert stranger.post(f"{link}no/").status_code == 200
    assert not live()
    assert "This time is not going ahead" in screen(first.client, first.key)
    assert Booking.objects.filter(place=2).count() == 0


def test_the_other_reads_the_same_whether_it_was_declined_left_or_ran_out() -> None:
    seen = set()
    for how in ("declined", "left before proving", "left", "ran out"):
        with put_back():
            for_couples()
            first, link = asked_couple()
            _end(how, link)
            words = screen(first.client, first.key)
            letter = sent_to(ALEX)[-1]
            seen.add((words[words.index("<h1>") :].split("href")[0], letter.subject, letter.body.split("http")[0]))
    assert len(seen) == 1


def _end(how: str, link: str) -> None:
    if how == "declined":
        Client().post(f"{link}no/")
    elif how == "ran out":
        past = clock.now() - timedelta(seconds=1)
        Couple.objects.update(waits_until=past)
        assert leaving.end_waiting(site="http://testserver", now=clock.now()) == 1
        assert leaving.end_waiting(site="http://testserver", now=clock.now()) == 0
    else:
        second = Second().joins(link)
        if how == "left":
            second.proves().speaks()
        second.client.post(f"{second.key}leave/")


def test_what_ran_out_is_not_going_ahead_even_before_the_worker_passes() -> None:
    for_couples()
    first, second = two_of_them()
    past = clock.now() - timedelta(seconds=1)
    Couple.objects.update(waits_until=past)
    for one in (first, second):
        assert "This time is not going ahead" in screen(one.client, one.key)
    assert second.accepts() == 303
    assert not Appointment.objects.filter(status="confirmed").exists()


def test_a_time_for_two_is_kept_a_day_and_not_beyond_its_start() -> None:
    for_couples()
    first, _ = asked_couple()
    row, couple = booking_of(first.key), couple_of(first.key)
    appointment = Appointment.objects.get(pk=row.appointment_id)
    assert couple.waits_until is not None
    assert appointment.hold_expires_at == couple.waits_until
    assert couple.waits_until <= appointment.session.lower
    assert couple.waits_until - clock.now() <= timedelta(hours=24)


def test_a_hold_that_ran_out_before_asking_is_taken_again() -> None:
    for_couples()
    first = First().proves().speaks()
    Appointment.objects.update(hold_expires_at=clock.now() - timedelta(minutes=1))
    first.asks()
    assert [each.status for each in live()] == ["held"]


def test_a_time_that_somebody_took_before_asking_is_offered_anew_and_nothing_is_typed_again() -> None:
    for_couples()
    first = First().proves().speaks()
    row = booking_of(first.key)
    Appointment.objects.filter(pk=row.appointment_id).update(hold_expires_at=clock.now() - timedelta(minutes=1))
    answer = asked(Client(), who="us")
    registered(Client(), held(Client(), answer), email="third@example.org")
    response = first.client.post(f"{first.key}ask/", {"email": SAM})
    page = response.content.decode()
    assert response.status_code == 409
    assert "What you typed is kept" in page


def test_a_link_carries_nothing_but_what_opens_it() -> None:
    for_couples()
    _, link = asked_couple()
    token = link.split("/")[2]
    assert open_invitation(token, clock.now())[0] == Couple.objects.get().pk
    assert link_sent(SAM) == link


def test_saying_no_forgets_at_once_who_was_typed_and_never_proven() -> None:
    for_couples()
    _first, link = asked_couple()
    Second().joins(link)
    assert Booking.objects.filter(place=2).count() == 1
    page = Client().post(f"{link}no/").content.decode()
    assert "We kept nothing about you" in page
    assert Booking.objects.filter(place=2).count() == 0
    assert not Person.objects.filter(email_verified_at__isnull=True).exists()


def test_nobody_sends_link_after_link_to_someone_by_beginning_anew() -> None:
    for_couples()
    first, _link = asked_couple()
    couple = couple_of(first.key)
    couple.invitations = asking.MOST_A_DAY
    couple.save()
    again = First().proves().speaks()
    response = again.client.post(f"{again.key}ask/", {"email": SAM})
    assert response.status_code == 422
    assert "Please wait until tomorrow" in response.content.decode()
    assert len(sent_to(SAM)) == 1


def test_a_link_opened_again_and_again_sends_no_more_codes_than_any_other_form() -> None:
    """Who is written over takes no tries with them: else a link would fill anybody's mailbox."""
    for_couples()
    _first, link = asked_couple()
    for day in range(1, 6):
        Second().joins(link, email="somebody@example.org", birth_date_day=str(day))
    stranger = Client()
    needs = stranger.post(link, {"jurisdiction": "NY"}).headers["Location"]
    join = stranger.post(needs, {"plan": "self"}).headers["Location"]
    response = stranger.post(join, PARTNER | {"email": "somebody@example.org", "birth_date_day": "9"})
    assert response.status_code == 422
    assert "several codes already" in response.content.decode()
    assert len(sent_to("somebody@example.org")) == 5
    assert Booking.objects.filter(place=2).count() == 1
