from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from pathlib import Path
from types import SimpleNamespace
from typing import ClassVar

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.foundation.sealing import CannotUnseal, KeyFileUnsafe, KeyRing, SealedText, TokenExpired

NOW = datetime(2027, 1, 1, tzinfo=UTC)
RING = KeyRing("k1", {"k1": b"1" * 32}, b"i" * 32)


class Person:
    """Stands in for a model row."""

    _meta: ClassVar[SimpleNamespace] = SimpleNamespace(db_table="people")
    name = SealedText("name_sealed")
    nickname = SealedText("nickname_sealed")

    def __init__(self, pk: int) -> None:
        self.pk = pk
        self.name_sealed = ""
        self.nickname_sealed = ""


@given(st.binary(max_size=200), st.text(max_size=20))
def test_what_is_sealed_comes_back(plain: bytes, context: str) -> None:
    assert RING.unseal(RING.seal(plain, purpose="p", context=context), purpose="p", context=context) == plain


@given(st.integers(0, 10_000), st.characters(codec="ascii"))
def test_a_box_with_any_character_changed_never_opens_as_something_else(place: int, other: str) -> None:
    box = RING.seal(b"quiet words", purpose="p", context="c")
    at = place % len(box)
    try:
        opened = RING.unseal(box[:at] + other + box[at + 1 :], purpose="p", context="c")
    except CannotUnseal:
        return
    # Only the unused bits of the last base64 character may differ without being a forgery.
    assert opened == b"quiet words"
    assert other == box[at] or at == len(box) - 1


def test_a_box_for_one_purpose_or_place_does_not_open_for_another() -> None:
    box = RING.seal(b"x", purpose="p", context="c")
    for purpose, context in (("q", "c"), ("p", "d")):
        with pytest.raises(CannotUnseal):
            RING.unseal(box, purpose=purpose, context=context)


def test_a_sealed_column_swapped_with_another_row_or_column_is_found_out() -> None:
    ada, ben = Person(1), Person(2)
    ada.name, ben.name = "Ada", "Ben"
    assert ada.name == "Ada"
    assert "Ada" not in ada.name_sealed
    ada.name_sealed = ben.name_sealed
    with pytest.raises(CannotUnseal):
        _ = ada.name
    ben.nickname_sealed = ben.name_sealed
    with pytest.raises(CannotUnseal):
        _ = ben.nickname


def test_planted_plain_text_is_never_returned() -> None:
    ada = Person(1)
    ada.name_sealed = "Mallory"
    with pytest.raises(CannotUnseal):
        _ = ada.name


def test_nothing_is_sealed_as_nothing() -> None:
    ada = Person(1)
    ada.name = ""
    assert ada.name_sealed == ""
    assert ada.name == ""


def test_a_token_reads_back_until_it_expires() -> None:
    token = RING.token({"state": "NY"}, purpose="request", expires_at=NOW + timedelta(hours=1))
    assert RING.read_token(token, purpose="request", now=NOW) == {"state": "NY"}
    with pytest.raises(TokenExpired):
        RING.read_token(token, purpose="request", now=NOW + timedelta(hours=1))


def test_a_token_shows_nothing_and_serves_no_other_purpose() -> None:
    token = RING.token({"state": "NY"}, purpose="request", expires_at=NOW + timedelta(hours=1))
    assert "NY" not in token
    with pytest.raises(CannotUnseal):
        RING.read_token(token, purpose="booking", now=NOW)


@given(st.text(max_size=60))
def test_any_text_at_all_is_refused_as_a_token(text: str) -> None:
    with pytest.raises(CannotUnseal):
        RING.read_token(text, purpose="request", now=NOW)


def test_equal_values_share_a_blind_index_however_they_are_spaced() -> None:
    assert RING.blind_index("XYZ 0042", purpose="m") == RING.blind_index(" xyz0042", purpose="m")
    assert RING.blind_index("XYZ 0042", purpose="m") != RING.blind_index("XYZ 0042", purpose="n")


def test_a_key_file_is_made_once_and_for_its_owner_alone(tmp_path: Path) -> None:
    path = tmp_path / "home" / "keys.json"
    first = KeyRing.ensure_file(path)
    assert path.stat().st_mode & 0o077 == 0
    assert KeyRing.ensure_file(path) == first


def test_a_key_file_that_others_can_read_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "keys.json"
    KeyRing.ensure_file(path)
    path.chmod(0o644)
    with pytest.raises(KeyFileUnsafe, match="chmod 600"):
        KeyRing.from_file(path)


@pytest.mark.parametrize("content", ["", "{}", "[]", '{"active":"k1","keys":{"k1":"AAAA"},"index":"AAAA"}'])
def test_a_damaged_key_file_is_refused(tmp_path: Path, content: str) -> None:
    path = tmp_path / "keys.json"
    path.write_text(content)
    path.chmod(0o600)
    with pytest.raises(KeyFileUnsafe):
        KeyRing.from_file(path)


def test_a_new_key_seals_while_the_old_one_still_opens() -> None:
    box = RING.seal(b"x", purpose="p", context="c")
    turned = KeyRing("k2", {"k1": b"1" * 32, "k2": b"2" * 32}, b"i" * 32)
    assert turned.unseal(box, purpose="p", context="c") == b"x"
    assert turned.seal(b"x", purpose="p", context="c").startswith("s1.k2.")
    assert json.dumps(box)
