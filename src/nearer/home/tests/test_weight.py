"""The front page is light enough for a slow connection and a small plan."""

from __future__ import annotations

from django.test import Client

from nearer.design.tests.weight import ALLOWED, weight


def test_every_byte_of_the_front_page_fits_in_60_kb() -> None:
    weights = weight(Client().get("/").content.decode())
    assert sum(weights.values()) <= ALLOWED, weights


def test_the_help_page_is_lighter_still() -> None:
    weights = weight(Client().get("/help-now/").content.decode())
    assert sum(weights.values()) <= ALLOWED, weights
