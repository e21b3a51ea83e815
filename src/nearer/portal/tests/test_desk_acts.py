"""What a therapist does at their desk, and what can be put back."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any
from urllib.parse import urlsplit

import pytest
from django.test import Client

from nearer.directory.models import Contract, Licence, Location, Service, Statement, Therapist, Trait
from nearer.foundation import clock
from nearer.matching.api import tally_day
from nearer.outbox.models import Message
from nearer.portal.tests.desks import Seated, a_booking, a_desk, as_if_at, long_over
from nearer.scheduling.models import Appointment, Diary, Hours, HoursException

pytestmark = pytest.mark.django_db


@pytest.fixture
def desk(client: Client) -> Seated:
    return a_desk(client, traits={"concern": ["trust"], "language": ["en"]})


def does(desk: Seated, page: str, **said: Any) -> str:
    """Send a form, see that it was taken, and return the page that follows."""
    response = desk.client.post(page, said)
    assert response.status_code == 303, response.content.decode()
    return desk.client.get(urlsplit(response["Location"]).path).content.decode()


def refused(desk: Seated, page: str, **said: Any) -> str:
    """Send a form, see that it was not taken, and return it with what is wrong."""
    response = desk.client.post(page, said)
    assert response.status_code == 422, response.status_code
    return response.content.decode()


def in_days(days: int) -> str:
    return (clock.now().date() + timedelta(days=days)).isoformat()


def week() -> set[tuple[int, int, int]]:
    return set(Hours.objects.values_list("weekday", "start_minute", "end_minute"))


# Hours


def test_a_week_is_kept_and_put_back(desk: Seated) -> None:
    before = week()
    shown = does(desk, "/desk/hours/", **{"2-0-from": "10:00", "2-0-until": "14:00"})
    assert week() == {(2, 600, 840)}
    assert "Your hours are kept." in shown
    assert "Undo" in shown
    assert "Undone" in does(desk, "/desk/undo/")
    assert week() == before
    assert "nothing to undo" in does(desk, "/desk/undo/")


def test_overlapping_hours_and_hours_past_midnight_get_a_sentence_and_lose_nothing(desk: Seated) -> None:
    before = week()
    shown = refused(
        desk,
        "/desk/hours/",
        **{
            "0-0-from": "22:00",
            "0-0-until": "02:00",
            "1-0-from": "09:00",
            "1-0-until": "12:00",
            "1-1-from": "11:00",
            "1-1-until": "15:00",
        },
    )
    assert "Monday: from 22:00 until 02:00 goes past midnight." in shown
    assert "Tuesday: two rows overlap." in shown
    assert 'value="22:00"' in shown
    assert week() == before


def test_another_row_keeps_what_was_typed_and_nothing_is_saved(desk: Seated) -> None:
    before = week()
    response = desk.client.post("/desk/hours/", {"0-0-from": "22:00", "0-0-until": "", "more": "0"})
    shown = response.content.decode()
    assert response.status_code == 200
    assert 'value="22:00"' in shown
    assert 'name="0-1-from"' in shown
    assert "error-summary" not in shown
    assert week() == before


# Days and pauses


def test_time_off_is_taken_named_and_put_back(desk: Seated) -> None:
    shown = does(desk, "/desk/days/off/", first=in_days(10), last=in_days(12))
    assert HoursException.objects.count() == 3
    assert "Nobody can book from" in shown
    does(desk, "/desk/undo/")
    assert HoursException.objects.count() == 0


def test_what_is_booked_in_time_off_stays_and_is_told(desk: Seated) -> None:
    booking = a_booking()
    shown = does(desk, "/desk/days/off/", first=in_days(1), last=in_days(20))
    assert "1 session is booked in that time and stays." in shown
    assert Appointment.objects.get(pk=booking.appointment_id).status == "confirmed"


@pytest.mark.parametrize(
    ("said", "words"),
    [
        ({"first": "", "last": ""}, "Enter the day."),
        ({"first": "soon", "last": "later"}, "Enter a day such as"),
        ({"first": "2001-01-01", "last": "2001-01-02"}, "This day is over."),
        ({"first": "2099-01-05", "last": "2099-01-02"}, "before the first"),
        ({"first": "2098-01-05", "last": "2099-12-02"}, "more than a year"),
    ],
)
def test_days_that_can_t_be_taken_off_get_a_sentence(desk: Seated, said: dict[str, str], words: str) -> None:
    assert words in refused(desk, "/desk/days/off/", **said)
    assert not HoursException.objects.exists()


def test_one_day_may_have_other_hours_or_none(desk: Seated) -> None:
    day = in_days(5)
    does(desk, "/desk/days/other/", **{"on": day, "day-0-from": "12:00", "day-0-until": "15:00"})
    assert HoursException.objects.get().start_minute == 720
    shown = does(desk, "/desk/days/other/", on=day)
    assert HoursException.objects.get().start_minute is None
    assert "Day off" in shown
    does(desk, "/desk/days/back/", first=day, last=day)
    assert not HoursException.objects.exists()


def test_other_hours_past_midnight_get_a_sentence(desk: Seated) -> None:
    shown = refused(desk, "/desk/days/other/", **{"on": in_days(5), "day-0-from": "22:00", "day-0-until": "01:00"})
    assert "goes past midnight" in shown


def test_a_pause_has_a_return_date_and_ends_when_one_likes(desk: Seated) -> None:
    until = in_days(30)
    shown = does(desk, "/desk/days/pause/", until=until)
    assert Diary.objects.get().paused_until == date.fromisoformat(until)
    assert "Paused." in shown
    does(desk, "/desk/undo/")
    assert Diary.objects.get().paused_until is None
    does(desk, "/desk/days/pause/", until=until)
    does(desk, "/desk/days/resume/")
    assert Diary.objects.get().paused_until is None
    assert "This day is over" in refused(desk, "/desk/days/pause/", until="2001-01-01")


@pytest.mark.parametrize("said", [{}, {"first": "x", "last": "y"}, {"first": "2099-01-02", "last": "2099-01-01"}])
def test_a_bent_address_bends_nothing(desk: Seated, said: dict[str, str]) -> None:
    does(desk, "/desk/days/back/", **said)
    assert not HoursException.objects.exists()


# Limits

LIMITS = {
    "weekly_new_clients": "2",
    "caseload_limit": "30",
    "caseload_elsewhere": "5",
    "lead_days": "2",
    "horizon_days": "60",
    "buffer_before_minutes": "0",
    "buffer_after_minutes": "15",
    "increment_minutes": "15",
}


def test_limits_are_kept_and_put_back(desk: Seated) -> None:
    before = Diary.objects.values("weekly_new_clients", "lead_days").get()
    does(desk, "/desk/limits/", **LIMITS)
    assert Diary.objects.get().weekly_new_clients == 2
    does(desk, "/desk/undo/")
    assert Diary.objects.values("weekly_new_clients", "lead_days").get() == before


def test_a_limit_out_of_bounds_gets_a_sentence(desk: Seated) -> None:
    assert "Enter a number from 0 to 30." in refused(desk, "/desk/limits/", **{**LIMITS, "lead_days": "99"})


# Profile

PROFILE = {
    "about": "I listen before I speak.",
    "credentials": "LMFT",
    "pronouns": "she/her",
    "couples_training": "EFT externship",
    "accepting": "on",
    "language": ["en", "es"],
    "concern": ["grief"],
}


def test_a_profile_is_kept_and_seen(desk: Seated) -> None:
    shown = does(desk, "/desk/profile/", **PROFILE)
    assert shown.count("I listen before I speak.") == 2  # what was typed, and what clients see
    assert set(Trait.objects.values_list("code", flat=True)) == {"en", "es", "grief"}
    assert Therapist.objects.get().source == "therapist"


@pytest.mark.parametrize("page", ["/desk/profile/preview/", "/desk/profile/"])
def test_a_preview_shows_what_would_be_and_keeps_nothing(desk: Seated, page: str) -> None:
    response = desk.client.post(page, {**PROFILE, "preview": "1"})
    shown = response.content.decode()
    assert response.status_code == 200
    assert "I listen before I speak." in shown
    assert "Grief and loss" in shown
    assert Therapist.objects.get().about == ""
    assert set(Trait.objects.values_list("code", flat=True)) == {"en", "trust"}


def test_a_preview_says_when_nobody_would_see_it(desk: Seated) -> None:
    said = {name: value for name, value in PROFILE.items() if name != "accepting"}
    shown = desk.client.post("/desk/profile/preview/", said).content.decode()
    assert "you would not be in anybody’s answer" in shown


def test_without_a_language_the_profile_is_not_kept_and_nothing_typed_is_lost(desk: Seated) -> None:
    shown = refused(desk, "/desk/profile/", **{**PROFILE, "language": []})
    assert "at least one language" in shown
    assert "I listen before I speak." in shown


def test_what_is_written_is_shown_as_text(desk: Seated) -> None:
    shown = does(desk, "/desk/profile/", **{**PROFILE, "about": "<script>alert(1)</script>"})
    assert "<script>alert(1)" not in shown


# Services and places

SERVICE = {
    "ages": ["adult"],
    "ways": ["telehealth"],
    "intake_minutes": "75",
    "session_minutes": "50",
    "intake_fee": "180.50",
    "session_fee": "",
}


def test_a_service_is_offered_stopped_and_put_back(desk: Seated) -> None:
    Therapist.objects.update(couples_training="EFT externship")
    does(desk, "/desk/services/couples/", **SERVICE)
    offered = Service.objects.get(kind="couples")
    assert (offered.intake_minutes, offered.intake_fee_cents, offered.session_fee_cents) == (75, 18_050, None)
    does(desk, "/desk/services/couples/stop/")
    assert not Service.objects.filter(kind="couples").exists()
    does(desk, "/desk/undo/")
    assert Service.objects.get(kind="couples").intake_fee_cents == 18_050


def test_couples_need_training_in_the_profile_first(desk: Seated) -> None:
    assert "training in couples therapy" in refused(desk, "/desk/services/couples/", **SERVICE)


def test_a_service_that_is_none_is_not_there(desk: Seated) -> None:
    assert desk.client.get("/desk/services/astrology/").status_code == 404
    assert desk.client.post("/desk/services/couples/stop/").status_code == 404


def test_a_place_is_added_dropped_and_put_back(desk: Seated) -> None:
    said = {"name": "", "street": "2 Oak Lane", "city": "Salem", "jurisdiction": "MA", "postal_code": "01970"}
    does(desk, "/desk/places/", **said)
    place = Location.objects.get(city="Salem")
    does(desk, f"/desk/places/{place.pk}/drop/")
    assert not Location.objects.filter(city="Salem").exists()
    does(desk, "/desk/undo/")
    assert Location.objects.get(city="Salem").street == "2 Oak Lane"
    assert "Enter the street." in refused(desk, "/desk/places/", **{**said, "street": ""})


# Still true?


def test_one_click_says_that_all_is_still_true(desk: Seated) -> None:
    shown = does(desk, "/desk/licenses/still-true/")
    assert "Thank you." in shown
    assert Statement.objects.filter(is_so=True).count() == 2
    assert "It waits for a check." in shown


def test_a_no_counts_at_once_and_is_put_back(desk: Seated) -> None:
    contract = Contract.objects.get()
    shown = does(desk, f"/desk/facts/contract/{contract.pk}/no/")
    assert not Contract.objects.exists()
    assert "that this is no more" in shown
    does(desk, "/desk/undo/")
    assert Contract.objects.get().network_id == contract.network_id


def test_a_no_can_be_taken_back_until_it_was_seen(desk: Seated) -> None:
    licence = Licence.objects.get()
    does(desk, f"/desk/facts/licence/{licence.pk}/no/")
    does(desk, f"/desk/facts/take-back/{Statement.objects.get().pk}/")
    assert Licence.objects.get().number == licence.number


def test_a_licence_and_a_contract_are_told_and_wait(desk: Seated) -> None:
    does(desk, "/desk/licenses/add/", jurisdiction="NH", kind="psychologist", number="NH-77")
    network = Contract.objects.get().network_id
    said = {"network_id": network, "jurisdiction": "NH", "starts_on": "2026-01-01", "ends_on": ""}
    shown = does(desk, "/desk/contracts/add/", **{f"contract-{name}": value for name, value in said.items()})
    assert Licence.objects.get(jurisdiction="NH").status == "unverified"
    assert Contract.objects.count() == 1
    assert "Waiting for a check" in shown
    assert "Choose the state that issued" in refused(desk, "/desk/licenses/add/", kind="psychologist", number="1")
    wrong = {**said, "starts_on": "2026-05-01", "ends_on": "2026-01-01"}
    words = refused(desk, "/desk/contracts/add/", **{f"contract-{name}": value for name, value in wrong.items()})
    assert "The last day is before the first one." in words


# Am I shown?


def test_a_described_request_is_told_everything_that_stands_in_the_way(desk: Seated) -> None:
    asked = {"service": "individual", "jurisdiction": "NH", "plan": "", "age": "teen", "modality": "", "language": "es"}
    response = desk.client.post("/desk/shown/", asked)
    shown = response.content.decode()
    assert "keep you out of this answer" in shown
    assert "No license of yours stands in New Hampshire." in shown
    assert "You do not list a language they need: Spanish." in shown
    fits = desk.client.post("/desk/shown/", {**asked, "jurisdiction": "MA", "age": "adult", "language": []})
    assert "You are shown" in fits.content.decode()


def test_a_plan_that_nobody_knows_gets_a_sentence(desk: Seated) -> None:
    asked = {"service": "individual", "jurisdiction": "MA", "plan": "Moonshine Gold", "age": "adult"}
    assert "No plan is called that" in refused(desk, "/desk/shown/", **asked)


def test_thirty_days_are_told_in_counts(desk: Seated) -> None:
    tally_day(now=clock.now())
    shown = desk.client.get("/desk/shown/").content.decode()
    assert "On 1 day we asked 40 made-up requests" in shown
    assert "No free time when they could" in shown


# Sessions


def test_what_follows_is_shown_before_a_session_is_cancelled(desk: Seated) -> None:
    booking = a_booking()
    page = f"/desk/sessions/{booking.appointment_id}/cancel/"
    shown = desk.client.get(page).content.decode()
    assert "The therapist cancelled. Nothing is owed." in shown
    assert Appointment.objects.get().status == "confirmed"
    messages = Message.objects.count()
    does(desk, page)
    assert Appointment.objects.get().status == "cancelled"
    assert Message.objects.count() > messages


def test_another_time_is_asked_for_and_the_old_one_stays(desk: Seated) -> None:
    booking = a_booking()
    page = f"/desk/sessions/{booking.appointment_id}/move/"
    start = desk.client.get(page).context["days"][3][1][0][0]
    shown = does(desk, page, start=start)
    assert "They have not answered yet." in shown
    assert Appointment.objects.get(pk=booking.appointment_id).status == "confirmed"
    assert desk.client.post(page, {"start": "now"}).status_code == 404
    taken = Appointment.objects.get(pk=booking.appointment_id).session.lower.isoformat()
    assert desk.client.post(page, {"start": taken}).status_code in {303, 422}


def test_a_session_that_is_over_took_place_or_was_missed(desk: Seated) -> None:
    over, missed = a_booking(), a_booking()
    long_over(over.appointment_id)
    long_over(missed.appointment_id, days=1)
    does(desk, f"/desk/sessions/{over.appointment_id}/complete/")
    shown = desk.client.get(f"/desk/sessions/{missed.appointment_id}/missed/").content.decode()
    assert "What follows" in shown
    does(desk, f"/desk/sessions/{missed.appointment_id}/missed/")
    statuses = {row.pk: row.status for row in Appointment.objects.all()}
    assert statuses == {over.appointment_id: "completed", missed.appointment_id: "no_show"}


def test_a_session_to_come_is_neither_over_nor_missed(desk: Seated) -> None:
    booking = a_booking()
    does(desk, f"/desk/sessions/{booking.appointment_id}/complete/")
    refused(desk, f"/desk/sessions/{booking.appointment_id}/missed/")
    assert Appointment.objects.get().status == "confirmed"


def test_a_session_in_three_weeks_is_found_from_the_first_page(desk: Seated) -> None:
    booking = a_booking()
    as_if_at(booking.appointment_id, clock.now() + timedelta(days=20))
    shown = desk.client.get("/desk/").content.decode()
    assert "The three weeks after" in shown
    assert f"/desk/sessions/{booking.appointment_id}/" in shown.split("The three weeks after")[1]


def test_nothing_is_changed_by_looking(desk: Seated) -> None:
    booking = a_booking()
    for page in ("cancel", "move", "missed", "complete"):
        desk.client.get(f"/desk/sessions/{booking.appointment_id}/{page}/")
    for page in ("still-true", "add"):
        assert desk.client.get(f"/desk/licenses/{page}/").status_code == 405
    assert Appointment.objects.get().status == "confirmed"


def test_a_post_without_our_own_token_changes_nothing(desk: Seated) -> None:
    strict = Client(enforce_csrf_checks=True)
    strict.cookies = desk.client.cookies
    assert strict.post("/desk/licenses/still-true/").status_code == 403
    assert not Statement.objects.exists()
