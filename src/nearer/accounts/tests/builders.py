"""Someone to test with."""

from __future__ import annotations

import itertools
import re
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING

from allauth.mfa.totp.internal.auth import TOTP
from django.conf import settings
from django.test import Client as TestClient

from nearer.accounts import api
from nearer.accounts.models import EmailCode, User
from nearer.foundation import clock
from nearer.outbox.models import Message

if TYPE_CHECKING:
    from playwright.sync_api import Page

NOW = datetime(2026, 11, 23, 12, tzinfo=UTC)
#: Twenty bytes in base32, as an authenticator app keeps them.
TOTP_SECRET = "JBSWY3DPEHPK3PXPJBSWY3DPEHPK3PXP"
SITE = "https://nearer.example/"
_numbers = itertools.count(1)

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


def a_person(*kinds: str, email: str = "", factor: bool = True, now: datetime | None = None) -> int:
    """Invite somebody as these kinds, with an authenticator where `factor`, and return their number."""
    address = email or f"{'-'.join(kinds) or 'nobody'}-{next(_numbers)}@staff.example.org"
    user_id = api.invite(email=address, kinds=kinds, by=None, now=now or clock.now(), site=SITE)
    if factor:
        TOTP.activate(User.objects.get(pk=user_id), TOTP_SECRET)
    return user_id


def signed_in(client: TestClient, kinds: Sequence[str] = ("operator",), *, user_id: int | None = None) -> int:
    """Sign a test client in, first and second factor, as somebody new of these kinds or as somebody there is."""
    who = User.objects.get(pk=user_id or a_person(*kinds))
    client.force_login(who)
    session = client.session
    factor = {"method": "mfa", "at": time.time(), "type": "totp", "reauthenticated": True}
    session["account_authentication_methods"] = [factor]
    session["account_authentication_methods_user"] = str(who.pk)
    session.save()
    return int(who.pk)


def browser_signin(page: Page, site: str, kinds: Sequence[str] = ("operator",), *, user_id: int | None = None) -> int:
    """Sign a browser in at `site`, the live server's address, as `signed_in` does."""
    client = TestClient()
    who = signed_in(client, kinds, user_id=user_id)
    key = client.cookies[settings.SESSION_COOKIE_NAME].value
    page.context.add_cookies([{"name": settings.SESSION_COOKIE_NAME, "value": key, "url": site}])
    return who
