"""`nearer invite` makes the first operator of a bare installation."""

from __future__ import annotations

import pytest
from allauth.mfa.totp.internal.auth import TOTP
from django.core.management import call_command
from pytest_django import Settings

from nearer.accounts import api as accounts
from nearer.accounts.models import User
from nearer.accounts.tests.builders import SITE, TOTP_SECRET, a_person
from nearer.config import demo
from nearer.config.doctor import Verdict, people
from nearer.config.failures import Failure
from nearer.directory.models import Therapist
from nearer.foundation import clock
from nearer.outbox.models import Message
from nearer.portal.models import Seat
from nearer.scheduling.tests.rows import a_therapist_without_diary

pytestmark = pytest.mark.django_db

EMAIL = "first@example.org"
NPI = "1234567893"


def test_the_first_operator_is_made_and_told_where_to_sign_in(capsys: pytest.CaptureFixture[str]) -> None:
    call_command("invite", EMAIL, "--role", "operator", "--site", "https://care.example.org")
    (person,) = accounts.people("operator")
    assert person.email == EMAIL
    assert "https://care.example.org/sign-in/" in Message.objects.get().body
    assert EMAIL in capsys.readouterr().err


def test_a_therapist_is_made_by_npi() -> None:
    therapist_id = a_therapist_without_diary(NPI)
    call_command("invite", EMAIL, "--role", "therapist", "--npi", NPI)
    assert Seat.objects.get().therapist_id == therapist_id


@pytest.mark.parametrize(
    ("words", "said"),
    [
        ((EMAIL,), "Say what they sign in as"),
        (("first", "--role", "operator"), "Enter an e-mail such as"),
        ((EMAIL, "--role", "therapist"), "Give the NPI"),
        ((EMAIL, "--role", "therapist", "--npi", NPI), "Nobody in the directory has this NPI"),
        ((EMAIL, "--reset-second-step"), "Nobody signs in as first@example.org."),
    ],
)
def test_what_is_missing_is_said_in_a_sentence(words: tuple[str, ...], said: str) -> None:
    with pytest.raises(Failure, match=said):
        call_command("invite", *words)
    assert not Message.objects.exists()


def test_a_lost_second_step_is_reset_from_the_command_line() -> None:
    user_id = a_person("operator", email=EMAIL)
    call_command("invite", EMAIL, "--reset-second-step")
    assert not accounts.person(user_id).has_factor


def test_a_demonstration_lets_in_an_operator_and_a_therapist_once(settings: Settings) -> None:
    settings.NEARER_DEMO = True
    Therapist.objects.filter(pk=a_therapist_without_diary(NPI)).update(is_demonstration=True)
    demo.welcome(now=clock.now(), site=SITE)
    demo.welcome(now=clock.now(), site=SITE)
    assert [person.email for person in accounts.people()] == [demo.OPERATOR, demo.THERAPIST]
    assert not any(person.has_factor for person in accounts.people())
    assert Seat.objects.count() == 1


def test_elsewhere_nobody_is_let_in_by_a_demonstration(settings: Settings) -> None:
    settings.NEARER_DEMO = False
    demo.welcome(now=clock.now(), site=SITE)
    assert not accounts.people()


def test_the_doctor_says_who_may_sign_in_and_what_is_missing(settings: Settings) -> None:
    settings.NEARER_DEMO = False
    assert "nearer invite" in people.staff().way_out
    a_person("author", email=EMAIL, factor=False)
    a_person("operator")
    assert "1 person may sign in and have set up no second step" in people.staff().sentence
    user_id = accounts.user_id_of(EMAIL)
    assert user_id is not None
    TOTP.activate(User.objects.get(pk=user_id), TOTP_SECRET)
    assert people.staff().verdict is Verdict.WELL


def test_the_doctor_finds_a_demonstrations_people_where_there_is_none(settings: Settings) -> None:
    settings.NEARER_DEMO = False
    a_person("operator", email=demo.OPERATOR)
    assert people.staff().verdict is Verdict.PROBLEM
    settings.NEARER_DEMO = True
    assert people.staff().verdict is Verdict.WELL
