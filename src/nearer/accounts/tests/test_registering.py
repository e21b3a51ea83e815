"""Someone says who they are."""

from __future__ import annotations

from dataclasses import replace

import pytest

from nearer.accounts import api
from nearer.accounts.models import Client, Consent, EmailCode
from nearer.accounts.tests.builders import ALEX, NOW, registered, verified
from nearer.audit.models import Event

pytestmark = pytest.mark.django_db


def test_a_registration_is_kept_and_opened_again() -> None:
    card = api.client(registered())
    assert (card.legal_name, card.called, card.birth_date) == ("Alexandra Example", "Alex", ALEX.birth_date)
    assert (card.phone, card.safe_to_reach, card.is_verified) == ("+16175550134", ("email", "text"), False)
    assert card.consents == ("health_data", "service", "sharing")
    assert Event.objects.get().action == "registered"


def test_nobody_reads_a_name_birth_date_or_phone_in_the_table() -> None:
    registered()
    row = str(Client.objects.values().get())
    assert not [secret for secret in ("Alexandra", "1990", "5550134") if secret in row]


def test_who_prefers_no_other_name_is_called_by_the_legal_one() -> None:
    assert api.client(registered(preferred_name="")).called == "Alexandra Example"


def test_a_client_nobody_knows() -> None:
    with pytest.raises(api.ClientUnknown):
        api.client(1)


@pytest.mark.parametrize("missing", ["service", "health_data", "sharing"])
def test_without_a_needed_consent_nothing_is_kept(missing: str) -> None:
    given = tuple(kind for kind in ALEX.consents if kind != missing)
    with pytest.raises(api.ConsentMissing):
        registered(consents=given)
    assert not Client.objects.exists()


def test_nobody_agrees_to_what_is_not_written_anywhere() -> None:
    with pytest.raises(api.ConsentMissing):
        registered(consents=(*ALEX.consents, "everything"))


def test_a_mistake_is_put_right_until_the_address_is_proven() -> None:
    client_id = registered()
    api.send_code(client_id=client_id, now=NOW)
    fixed = replace(ALEX, email="alexandra@example.org", consents=(*ALEX.consents, "reminders"))
    api.amend(client_id=client_id, registration=fixed, now=NOW)
    assert api.client(client_id).email == "alexandra@example.org"
    assert "reminders" in api.client(client_id).consents
    assert not EmailCode.objects.filter(used_at__isnull=True).exists()


def test_an_amendment_that_keeps_the_address_keeps_the_code() -> None:
    client_id = registered()
    api.send_code(client_id=client_id, now=NOW)
    api.amend(client_id=client_id, registration=replace(ALEX, preferred_name="Sasha"), now=NOW)
    assert EmailCode.objects.filter(used_at__isnull=True).exists()
    assert Consent.objects.count() == 3


def test_a_verified_record_is_not_changed_from_here() -> None:
    client_id = verified()
    with pytest.raises(api.CannotAmend):
        api.amend(client_id=client_id, registration=ALEX, now=NOW)


def test_a_record_that_nobody_proved_is_forgotten_with_all_that_hangs_on_it() -> None:
    unproven, proven = registered(), verified()
    api.send_code(client_id=unproven, now=NOW)
    assert api.forget(client_ids=[unproven, proven]) == 1
    assert list(Client.objects.values_list("pk", flat=True)) == [proven]
    assert not Consent.objects.exclude(client_id=proven).exists()
    assert not EmailCode.objects.exclude(client_id=proven).exists()
