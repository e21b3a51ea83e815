"""Log lines name nobody."""

from __future__ import annotations

import logging

import pytest

from nearer.config.logs import WithoutAddresses, WithoutRows


@pytest.mark.parametrize(
    ("path", "kept"),
    [
        ("/find/v1.k1.secret-token/hold/", "/find/…"),
        ("/booking/abc/", "/booking/…"),
        ("/healthz", "/healthz"),
        ("/find?plan=9", "/find"),
        ("/", "/"),
    ],
)
def test_an_address_is_shorn_of_its_token(path: str, kept: str) -> None:
    record = logging.LogRecord("django.request", logging.WARNING, "f", 1, "%s: %s", ("Not Found", path), None)
    assert WithoutAddresses().filter(record)
    assert record.getMessage() == f"Not Found: {kept}"


def test_a_row_that_a_statement_failed_on_is_left_out() -> None:
    error = ValueError("duplicate key\nDETAIL:  Key (email)=(" + "ada" + "@example.org) already exists.")
    text = WithoutRows().formatException((ValueError, error, None))
    assert "duplicate key" in text
    assert "ada@" not in text
