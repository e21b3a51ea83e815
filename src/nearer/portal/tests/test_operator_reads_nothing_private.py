"""Nobody at the operator can read what a client wrote or answered: no page, query or errand of theirs opens a seal."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.test import Client
from django.urls import URLPattern
from pytest_django import Settings

from nearer import portal
from nearer.accounts.tests.builders import signed_in
from nearer.care.models import Booking
from nearer.care.tests.builders import DETAILS, a_covered_therapist, confirmed
from nearer.directory.models import QuarantinedRow, Therapist
from nearer.foundation import clock, sealing
from nearer.portal.models import Upload
from nearer.portal.operations.shopping import make_trip, send_shopper
from nearer.portal.tests.test_operator_imports import ROSA, a_run
from nearer.portal.urls.operator import urls_operator

PORTAL = Path(portal.__file__).parent
OPERATORS = ("views/operator", "pages/operator", "operations/imports")
#: How the seals of what clients say and are begin: the tables that they stand in.
CLIENTS = ("care_", "accounts_client", "accounts_emailcode", "outbox_", "reflection_", "support_")
#: All that the operator's side may take of the room that keeps what clients say.
OF_CARE = {"NobodyListed", "Trip", "shop"}


def addresses() -> Iterator[str]:
    """Yield every address of the operator's desk that can be looked at, with the numbers of what there is."""
    numbers = {
        "therapist_id": Therapist.objects.latest("id").pk,
        "run_id": Upload.objects.latest("id").run_id,
        "upload_id": Upload.objects.latest("id").pk,
        "row_id": QuarantinedRow.objects.latest("id").pk,
        "code": "MA",
    }
    for pattern in urls_operator:
        assert isinstance(pattern, URLPattern)
        address = str(pattern.pattern)
        for name, value in numbers.items():
            address = address.replace(f"<int:{name}>", str(value)).replace(f"<slug:{name}>", str(value))
        if "<" not in address:
            yield f"/{address}"


@pytest.mark.django_db
def test_no_page_and_no_trip_opens_a_seal(
    client: Client, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, settings: Settings
) -> None:
    settings.NEARER_HOME = tmp_path
    a_covered_therapist()
    confirmed(client)
    assert Booking.objects.exists()
    operator = Client()
    by = signed_in(operator, ("operator",))
    a_run(operator, ROSA, {**ROSA, "npi": "12345"})
    trip_id = send_shopper(requests=5, by=by, now=clock.now())
    operator.get("/operator/")
    opened: list[str] = []
    unseal = sealing.KeyRing.unseal

    def watched(ring: sealing.KeyRing, box: str, *, purpose: str, context: str) -> bytes:
        opened.append(purpose)
        return unseal(ring, box, purpose=purpose, context=context)

    monkeypatch.setattr(sealing.KeyRing, "unseal", watched)
    seen = "".join(operator.get(address).content.decode() for address in addresses())
    make_trip(trip_id=trip_id, at=clock.now)
    assert [purpose for purpose in opened if purpose.startswith(CLIENTS)] == []
    for private in (str(DETAILS["legal_name"]), str(DETAILS["email"]), str(DETAILS["phone"])):
        assert private not in seen


@pytest.mark.django_db
def test_the_watch_would_see_it(client: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    """A control: what a client was told is opened through what the test above watches."""
    a_covered_therapist()
    confirmed(client)
    opened: list[str] = []

    def watched(_ring: sealing.KeyRing, _box: str, *, purpose: str, context: str) -> bytes:
        opened.append(purpose)
        return context.encode()[:0]

    monkeypatch.setattr(sealing.KeyRing, "unseal", watched)
    assert Booking.objects.get().told == ""
    assert opened[0].startswith(CLIENTS)


def test_the_operators_side_takes_nothing_of_care_but_the_shopper() -> None:
    files = [PORTAL / "operations/shopping.py", PORTAL / "operations/facts.py"]
    files += [path for folder in OPERATORS for path in (PORTAL / folder).rglob("*.py")]
    assert len(files) > 10
    for path in files:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.ImportFrom) and (node.module or "").startswith("nearer.care"):
                assert {alias.name for alias in node.names} <= OF_CARE, path
