"""A code proves an address."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.db import transaction

from nearer.accounts import api
from nearer.accounts.models import Client, EmailCode
from nearer.accounts.tests.builders import NOW, code_of, registered, verified
from nearer.outbox import api as outbox

pytestmark = pytest.mark.django_db


def wrong(code: str) -> str:
    return f"{(int(code) + 1) % 10**6:06}"


def sent(**changes: object) -> tuple[int, str]:
    client_id = registered(**changes)  # type: ignore[arg-type]
    api.send_code(client_id=client_id, now=NOW)
    return client_id, code_of(client_id)


def test_the_right_code_proves_the_address() -> None:
    client_id, code = sent()
    assert api.check_code(client_id=client_id, code=code, now=NOW) == client_id
    assert api.client(client_id).is_verified


def test_spaces_in_a_typed_code_do_no_harm() -> None:
    client_id, code = sent()
    assert api.check_code(client_id=client_id, code=f"{code[:3]} {code[3:]} ", now=NOW) == client_id


def test_the_message_says_a_code_and_no_more() -> None:
    _, code = sent()
    message = outbox.sent_messages(1)[0]
    assert message.subject == "Your code"
    assert message.body.startswith(f"Your code is {code}")
    assert not [word for word in ("therap", "appointment", "Alex", "health") if word in message.body]


def test_the_message_speaks_the_clients_language() -> None:
    client_id = registered(language="es")
    api.send_code(client_id=client_id, now=NOW)
    assert api.client(client_id).language == "es"


def test_only_a_hash_of_the_code_is_kept() -> None:
    _, code = sent()
    row = EmailCode.objects.get()
    assert code not in row.code_hash
    assert len(row.code_hash) == 32


def test_a_wrong_code_proves_nothing_and_counts() -> None:
    client_id, code = sent()
    with pytest.raises(api.CodeWrong):
        api.check_code(client_id=client_id, code=wrong(code), now=NOW)
    assert EmailCode.objects.get().attempts == 1
    assert not api.client(client_id).is_verified


def test_after_five_wrong_tries_even_the_right_code_is_refused() -> None:
    client_id, code = sent()
    for _ in range(5):
        with pytest.raises(api.CodeWrong):
            api.check_code(client_id=client_id, code=wrong(code), now=NOW)
    with pytest.raises(api.CodeExpired):
        api.check_code(client_id=client_id, code=code, now=NOW)


def test_a_code_is_good_for_fifteen_minutes_and_once() -> None:
    client_id, code = sent()
    with pytest.raises(api.CodeExpired):
        api.check_code(client_id=client_id, code=code, now=NOW + timedelta(minutes=15))
    api.check_code(client_id=client_id, code=code, now=NOW + timedelta(minutes=14))
    with pytest.raises(api.CodeExpired):
        api.check_code(client_id=client_id, code=code, now=NOW + timedelta(minutes=14))


def test_a_new_code_makes_the_old_one_worthless() -> None:
    client_id, first = sent()
    api.send_code(client_id=client_id, now=NOW)
    second = code_of(client_id)
    if first != second:
        with pytest.raises(api.CodeWrong):
            api.check_code(client_id=client_id, code=first, now=NOW)
    assert api.check_code(client_id=client_id, code=second, now=NOW) == client_id


def test_an_address_gets_five_codes_an_hour_whoever_asks() -> None:
    for _ in range(3):
        sent()
    client_id, _ = sent(email="ALEX@example.org")
    api.send_code(client_id=client_id, now=NOW)
    stranger = registered(birth_date=date(1980, 1, 1))
    api.send_code(client_id=stranger, now=NOW)
    assert len(outbox.sent_messages(9)) == 5
    with pytest.raises(api.CodeWrong):  # as whoever was sent one: nobody learns that there is none
        api.check_code(client_id=stranger, code="123456", now=NOW)
    api.send_code(client_id=client_id, now=NOW + timedelta(hours=1, seconds=1))
    assert len(outbox.sent_messages(9)) == 6


def test_a_code_that_came_stays_good_when_no_other_may_be_sent() -> None:
    client_id, code = sent()
    for year in range(1980, 1984):
        sent(birth_date=date(year, 1, 1))
    api.send_code(client_id=client_id, now=NOW)
    assert api.check_code(client_id=client_id, code=code, now=NOW) == client_id


def test_asking_twice_in_a_moment_is_one_code() -> None:
    client_id = registered()
    for seconds in (0, 30, 59):
        api.ensure_code(client_id=client_id, now=NOW + timedelta(seconds=seconds))
    assert EmailCode.objects.count() == 1
    api.ensure_code(client_id=client_id, now=NOW + timedelta(seconds=60))
    assert EmailCode.objects.count() == 2


def test_a_code_that_was_tried_too_often_is_not_kept_for_being_new() -> None:
    client_id, _ = sent()
    EmailCode.objects.update(attempts=5)
    api.ensure_code(client_id=client_id, now=NOW)
    assert EmailCode.objects.count() == 2


def test_a_code_of_someone_who_is_gone_is_over() -> None:
    client_id, code = sent()
    Client.objects.all().delete()
    with pytest.raises(api.CodeExpired):
        api.check_code(client_id=client_id, code=code, now=NOW)


def test_changing_the_address_does_not_buy_more_codes() -> None:
    client_id = registered()
    for number in range(5):
        Client.objects.filter(pk=client_id).update(email=f"someone{number}@example.org")
        api.send_code(client_id=client_id, now=NOW)
    with pytest.raises(api.TooManyCodes):
        api.send_code(client_id=client_id, now=NOW)


def test_a_returning_client_is_found_by_mailbox_and_birth_date() -> None:
    known = verified()
    assert verified(email=" alex@EXAMPLE.org", phone="", safe_to_reach=("email",), legal_name="A. Example") == known
    card = api.client(known)
    assert (card.legal_name, card.phone, card.safe_to_reach) == ("Alexandra Example", "", ("email",))


def test_a_shared_mailbox_may_hold_two_people() -> None:
    assert verified() != verified(birth_date=date(1988, 1, 2))


def test_what_a_returning_client_agrees_to_today_is_kept_once() -> None:
    known = verified()
    verified(consents=("service", "health_data", "sharing", "reminders"))
    assert api.client(known).consents == ("health_data", "reminders", "service", "sharing")


@pytest.mark.django_db(transaction=True)
def test_a_wrong_try_can_not_be_rolled_back() -> None:
    client_id, code = sent()
    with pytest.raises(RuntimeError), transaction.atomic():
        api.check_code(client_id=client_id, code=code, now=NOW)
