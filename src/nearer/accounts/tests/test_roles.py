"""Letting people in and out, at the domain's own door."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest
from django.db import IntegrityError, connections, transaction
from django.test import Client

from nearer.accounts import api
from nearer.accounts.models import Role, User
from nearer.accounts.tests.builders import NOW, SITE, a_person, signed_in
from nearer.audit.models import Event
from nearer.foundation import clock
from nearer.outbox.models import Message

EMAIL = "Nora@Practice.example.org"


def invite(*kinds: str, email: str = EMAIL, minutes: int = 0) -> int:
    return api.invite(email=email, kinds=kinds, by=None, now=NOW + timedelta(minutes=minutes), site=SITE)


@pytest.mark.django_db
def test_an_address_is_one_person_however_it_is_written() -> None:
    assert invite("author") == invite("editor", email=" nora@practice.EXAMPLE.org ")
    assert api.person(User.objects.get().pk).kinds == ("author", "editor")
    assert api.user_id_of("NORA@practice.example.org") == User.objects.get().pk


@pytest.mark.django_db
def test_the_same_invitation_twice_is_one_role_one_letter_and_one_line_in_the_trail() -> None:
    invite("author")
    invite("author")
    assert Role.objects.count() == 1
    assert Message.objects.count() == 1
    assert Event.objects.filter(action="invited as author").count() == 1


@pytest.mark.django_db
def test_an_invitation_can_be_sent_again_a_minute_later() -> None:
    invite("author")
    invite("author", minutes=1)
    assert Message.objects.count() == 2


@pytest.mark.django_db
def test_nobody_who_is_invited_has_a_password() -> None:
    assert not User.objects.get(pk=invite("operator")).has_usable_password()


@pytest.mark.django_db
@pytest.mark.parametrize("kinds", [(), ("king",), ("author", "king")])
def test_there_is_no_invitation_to_nothing(kinds: tuple[str, ...]) -> None:
    with pytest.raises(api.CannotInvite):
        invite(*kinds)
    assert not User.objects.exists()


@pytest.mark.django_db
@pytest.mark.parametrize("email", ["", "nora", "nora@", "nora@practice\r\nBcc: eve@example.org"])
def test_what_is_no_address_is_not_invited(email: str) -> None:
    with pytest.raises(api.CannotInvite):
        invite("author", email=email)
    assert not User.objects.exists()


@pytest.mark.django_db
def test_a_role_that_ended_stays_on_record_and_can_be_given_again() -> None:
    user_id, by = invite("author"), a_person("operator", now=NOW)
    api.withdraw_role(user_id=user_id, kind="author", by=by, now=NOW + timedelta(hours=1))
    assert not api.people("author")
    invite("author", minutes=90)
    assert [person.user_id for person in api.people("author")] == [user_id]
    assert Role.objects.filter(user_id=user_id).count() == 2


@pytest.mark.django_db
def test_ending_what_has_ended_tells_nobody_again() -> None:
    user_id, by = invite("author"), a_person("operator", now=NOW)
    for hours in (1, 2):
        api.withdraw_role(user_id=user_id, kind="author", by=by, now=NOW + timedelta(hours=hours))
    assert Message.objects.filter(kind="role-ended").count() == 1


@pytest.mark.django_db
def test_who_keeps_another_role_can_still_sign_in() -> None:
    user_id, by = invite("author", "editor"), a_person("operator", now=NOW)
    api.withdraw_role(user_id=user_id, kind="author", by=by, now=NOW + timedelta(hours=1))
    assert User.objects.get(pk=user_id).is_active


@pytest.mark.django_db
def test_the_database_knows_no_other_roles_and_none_twice() -> None:
    user_id = invite("author")
    for kind in ("king", "author"):
        with pytest.raises(IntegrityError), transaction.atomic():
            Role.objects.create(user_id=user_id, kind=kind, granted_at=NOW)


@pytest.mark.django_db
def test_messages_say_nothing_of_what_is_done_here() -> None:
    user_id, by = invite("therapist"), a_person("operator", now=NOW)
    api.reset_factors(user_id=user_id, by=by, now=NOW)
    for message in Message.objects.all():
        assert not [word for word in ("therap", "clinic", "nora", "health") if word in message.subject.lower()]


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_of_two_operators_who_shut_each_other_out_at_once_one_stays() -> None:
    one, other = a_person("operator"), a_person("operator")

    def shut_out(pair: tuple[int, int]) -> bool:
        who, by = pair
        try:
            api.withdraw_role(user_id=who, kind="operator", by=by, now=clock.now())
        except api.CannotWithdraw:
            return False
        else:
            return True
        finally:
            connections.close_all()

    with ThreadPoolExecutor(2) as people:
        outcomes = sorted(people.map(shut_out, [(one, other), (other, one)]))
    assert outcomes == [False, True]
    assert len(api.people("operator")) == 1


@pytest.mark.django_db
def test_a_door_that_names_no_role_is_open_to_everybody_who_signed_in(client: Client) -> None:
    for kind in api.KINDS:
        signed_in(client, (kind,))
        assert client.get("/account/").status_code == 200
