"""A therapist calls off a time of two people: both are told the same, and neither learns of the other."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
import time_machine
from pytest_django import Settings

from nearer.care import api
from nearer.care.models import Outcome
from nearer.care.tests.builders import appointment_of, booking_of
from nearer.care.tests.couples import ALEX, SAM, for_couples, screen, sent_to, two_of_them
from nearer.care.tests.test_by_therapist import FEES, ahead
from nearer.foundation import clock
from nearer.scheduling import api as scheduling

pytestmark = pytest.mark.django_db

SITE = "https://example.org"


def test_both_are_told_and_neither_owes_anything() -> None:
    for_couples()
    first, second = two_of_them()
    second.accepts()
    row = appointment_of(first.key)
    assert len(api.clients_of(row.therapist_id, ahead())) == 2
    api.cancel_by_therapist(appointment_id=row.pk, therapist_id=row.therapist_id, site=SITE, now=clock.now())
    for one, email in ((first, ALEX), (second, SAM)):
        page = screen(one.client, one.key)
        assert "This time is not going ahead" in page
        assert "Nothing is owed" in page
        (message,) = [each for each in sent_to(email) if each.kind == "cancelled"]
        assert (SAM if email == ALEX else ALEX) not in message.body
    assert set(Outcome.objects.values_list("kind", "fee_cents")) == {("theirs", 0)}
    assert Outcome.objects.count() == 2


def test_both_have_read_what_holds_and_have_it_kept() -> None:
    for_couples()
    first, second = two_of_them()
    second.accepts()
    lines = {api.terms_text(booking_of(each.key).pk) for each in (first, second)}
    assert len(lines) == 1
    assert lines != {()}


def test_a_time_of_two_is_not_asked_to_move() -> None:
    for_couples()
    first, second = two_of_them()
    second.accepts()
    row = appointment_of(first.key)
    with pytest.raises(scheduling.NotAllowed, match="belongs to two people"):
        api.move_by_therapist(
            appointment_id=row.pk, therapist_id=row.therapist_id, start=row.session.upper, site=SITE, now=clock.now()
        )


def test_whoever_cancels_late_reads_what_is_owed_and_the_other_owes_nothing(settings: Settings, tmp_path: Path) -> None:
    path = tmp_path / "policy.toml"
    path.write_text(FEES)
    settings.NEARER_POLICY = str(path)
    for_couples()
    first, second = two_of_them()
    second.accepts()
    start = appointment_of(first.key).session.lower
    with time_machine.travel(start - timedelta(minutes=30), tick=False):
        assert first.client.post(f"{first.key}cancel/").status_code == 303
        assert "$40 is owed" in screen(first.client, first.key)
        assert "Nothing is owed" in screen(second.client, second.key)


def test_what_each_of_two_would_owe_is_said_before_it_is_noted_that_nobody_came(
    settings: Settings, tmp_path: Path
) -> None:
    """The first would miss for the first time, the other not: what is shown is not what holds for the first alone."""
    path = tmp_path / "policy.toml"
    path.write_text(FEES.replace("first_time = false", "first_time = true"))
    settings.NEARER_POLICY = str(path)
    for_couples()
    first, second = two_of_them()
    second.accepts()
    Outcome.objects.create(
        booking=booking_of(second.key), kind="late", fee_cents=0, full_cents=4000, decided_at=clock.now()
    )
    row = appointment_of(first.key)
    found = api.consequences_of(row.pk, row.therapist_id, clock.now())
    assert "Alex: This would cost $80. It is the first time, so nothing is owed." in found.if_missed
    assert "Sami: Nobody came, so $80 is owed" in found.if_missed
    assert found.reasons == ("illness",)
