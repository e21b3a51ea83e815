"""Someone to test with."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import UTC, date, datetime

from nearer.accounts import api
from nearer.accounts.models import EmailCode
from nearer.outbox.models import Message

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)

ALEX = api.Registration(
    legal_name="Alexandra Example",
    preferred_name="Alex",
    birth_date=date(1990, 5, 17),
    email="Alex@Example.org",
    phone="+16175550134",
    safe_to_reach=("email", "text"),
    language="en",
    time_zone="America/New_York",
    consents=("service", "health_data", "sharing"),
)


def registered(now: datetime = NOW, **changes: object) -> int:
    """Register Alex, with changes, and return the id."""
    return api.register(registration=replace(ALEX, **changes), now=now)  # type: ignore[arg-type]


def code_of(client_id: int) -> str:
    """Return the digits that were last sent to a client."""
    code = EmailCode.objects.get(client_id=client_id, used_at__isnull=True)
    found = re.search(r"\d{6}", Message.objects.get(key=f"code:{code.pk}").body)
    assert found is not None
    return found[0]


def verified(now: datetime = NOW, **changes: object) -> int:
    """Register Alex, prove the address, and return whose record it is."""
    client_id = registered(now, **changes)
    api.send_code(client_id=client_id, now=now)
    return api.check_code(client_id=client_id, code=code_of(client_id), now=now)
