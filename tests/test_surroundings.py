"""What surrounds the tests would notice what it is there to notice."""

from __future__ import annotations

import socket

import pytest
from zeal import zeal_context
from zeal.errors import NPlusOneError

from nearer.directory.models import Licence
from nearer.directory.tests.builders import a_licence, a_therapist


@pytest.mark.django_db
def test_a_query_for_each_row_is_noticed() -> None:
    for _ in range(3):
        a_licence(a_therapist())
    with zeal_context(), pytest.raises(NPlusOneError):
        for licence in Licence.objects.all():
            assert licence.therapist.npi


def test_no_test_reaches_another_machine() -> None:
    with socket.socket() as outward, pytest.raises(UserWarning, match="A test tried to use socket"):
        outward.connect(("192.0.2.1", 443))
