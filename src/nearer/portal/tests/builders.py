"""Desks to test at."""

from __future__ import annotations

from django.test import Client

from nearer.accounts.tests.builders import a_person, signed_in
from nearer.foundation import clock
from nearer.portal.models import Seat


def at_desk(client: Client, therapist_id: int) -> int:
    """Sign a test client in as this therapist, and return who that is."""
    user_id = a_person("therapist")
    Seat.objects.create(user_id=user_id, therapist_id=therapist_id, since=clock.now())
    return signed_in(client, user_id=user_id)
