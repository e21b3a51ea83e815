"""The same person proves the same address twice at the same moment."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from threading import Barrier

import pytest
from django.db import connection

from nearer.accounts import api
from nearer.accounts.models import Client
from nearer.accounts.tests.builders import NOW, code_of, registered


@pytest.mark.race
@pytest.mark.django_db(transaction=True)
def test_two_browsers_of_one_person_become_one_record() -> None:
    tries = []
    for _ in range(4):
        client_id = registered()
        api.send_code(client_id=client_id, now=NOW)
        tries.append((client_id, code_of(client_id)))
    start = Barrier(len(tries))

    def prove(one: tuple[int, str]) -> int:
        start.wait()
        try:
            return api.check_code(client_id=one[0], code=one[1], now=NOW)
        finally:
            connection.close()

    with ThreadPoolExecutor(len(tries)) as pool:
        owners = set(pool.map(prove, tries))
    assert len(owners) == 1
    assert Client.objects.filter(email_verified_at__isnull=False).count() == 1
