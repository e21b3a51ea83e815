from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from nearer.directory.sources import npi, places, taxonomy, words
from nearer.directory.sources.faults import RowRefused, refused
from nearer.directory.sources.provenance import LIFETIMES, provenance


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("SOUCIER", "Soucier"),
        ("O'BRIEN-SMITH", "O'Brien-Smith"),
        ("MCALLISTER", "McAllister"),
        ("DE LA CRUZ", "De La Cruz"),
        ("MacDonald", "MacDonald"),
        ("JOHN SMITH III", "John Smith III"),
        ("22ND ST STE 4B", "22nd St Ste 4B"),
        ("MUÑOZ", "Muñoz"),
        ("  two   spaces ", "Two Spaces"),
    ],
)
def test_names_in_capitals_are_read_in_sensible_case(written: str, read: str) -> None:
    assert words.name(written) == read


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("PH.D.", "PhD"),
        ("PH. D.", "PhD"),
        ("Ph.D., LICSW", "PhD, LICSW"),
        ("L.I.C.S.W.", "LICSW"),
        ("MSSS / LCSW", "MSSS, LCSW"),
        ("M.A.; LMHC", "MA, LMHC"),
        ("PSY.D.", "PsyD"),
        ("M.S.W.", "MSW"),
        ("", ""),
    ],
)
def test_credentials_are_read_one_way(written: str, read: str) -> None:
    assert words.credentials(written) == read


@pytest.mark.parametrize(
    ("written", "read"), [("01060", "01060"), ("010601234", "01060-1234"), ("01060-0000", "01060")]
)
def test_zeros_at_the_start_of_a_postal_code_are_kept(written: str, read: str) -> None:
    assert words.postal_code(written) == read


@pytest.mark.parametrize("written", ["2116", "1060-1234"])
def test_a_postal_code_that_lost_its_zero_is_refused_not_mended(written: str) -> None:
    with pytest.raises(RowRefused, match="leading zero"):
        words.postal_code(written)


@pytest.mark.parametrize("written", ["", "ABC", "123", "K1A 0B1", "123456"])
def test_what_is_no_postal_code_is_refused(written: str) -> None:
    with pytest.raises(RowRefused, match="postal code"):
        words.postal_code(written)


def test_phone_numbers_are_read_in_international_form_and_false_ones_left_out() -> None:
    assert words.phone("4135550123") == "+14135550123"
    assert words.phone("(413) 555-0123") == "+14135550123"
    assert words.phone("0000000000") == ""
    assert words.phone("none") == ""


@pytest.mark.parametrize("written", ["03/09/2026", "2026-03-09", "2026-03-09 00:00:00", "3/9/2026"])
def test_days_are_read_as_americans_and_machines_write_them(written: str) -> None:
    assert words.day(written, "column") == date(2026, 3, 9)


@pytest.mark.parametrize("written", ["31/12/2026", "2026-13-01", "45291", "tomorrow", "0001-01-01", "2026-02-30"])
def test_what_is_no_day_is_refused_with_its_column(written: str) -> None:
    with pytest.raises(RowRefused, match="column"):
        words.day(written, "column")


@given(st.text(max_size=30))
def test_no_text_breaks_a_reader(text: str) -> None:
    words.name(text)
    words.credentials(text)
    words.phone(text)
    npi.fault(text)
    places.jurisdiction(text)
    taxonomy.profession(text)
    taxonomy.title(text)
    for read in (words.postal_code, lambda written: words.day(written, "column")):
        with suppress(RowRefused):
            read(text)


@pytest.mark.parametrize(
    ("number", "says"), [("", "missing"), ("NPI3238", "ten digits"), ("1234567892", "check digit")]
)
def test_what_is_wrong_with_an_npi_is_said(number: str, says: str) -> None:
    assert says in (npi.fault(number) or "")


def test_states_are_known_by_code_and_by_name() -> None:
    assert places.jurisdiction("ma") == "MA"
    assert places.jurisdiction("Massachusetts") == "MA"
    assert places.jurisdiction("D.C.") == "DC"
    assert places.jurisdiction("ON") is None


def test_professions_are_known_by_code_word_and_title() -> None:
    assert taxonomy.profession("1041c0700x") == "clinical_social_worker"
    assert taxonomy.profession("Marriage & Family Therapist") == "marriage_family_therapist"
    assert taxonomy.profession("Psychiatry") == "psychiatrist"
    assert taxonomy.profession("Dermatology") is None
    assert taxonomy.title("L.I.C.S.W.") == "clinical_social_worker"


@pytest.mark.parametrize("kind", LIFETIMES)
def test_a_fact_never_expires_before_it_was_checked(kind: str) -> None:
    told = provenance(kind, source="s", source_id="1", verified_on=date(2026, 1, 1), until=date(2020, 1, 1))
    assert told.expires_on == told.verified_on


def test_a_refused_row_is_kept_printable_and_short() -> None:
    kept = refused(7, "Because.", "a\0b\x1b[31m" + "x" * 10_000)
    assert kept.content.startswith("a b [31m")
    assert len(kept.content) <= 400
