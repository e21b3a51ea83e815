from __future__ import annotations

import csv
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from nearer.directory.records import Refused, TherapistRecord
from nearer.directory.sources import nppes
from nearer.directory.sources.faults import NotThisKindOfFile

TODAY = date(2026, 11, 23)
SAMPLE = Path(__file__).parent / "data" / "nppes.csv"


def _read(path: Path = SAMPLE) -> tuple[dict[str, TherapistRecord], list[Refused]]:
    batches = list(nppes.read(path, today=TODAY))
    people = {person.npi: person for person in chain.from_iterable(batch.therapists for batch in batches)}
    return people, list(chain.from_iterable(batch.refused for batch in batches))


def _changed(folder: Path, **cells: str) -> Path:
    """Return a copy of the sample's header and first row, with some cells changed."""
    with SAMPLE.open(encoding="utf-8", newline="") as lines:
        header, row = list(csv.reader(lines))[:2]
    names = {name: place for place, name in enumerate(header)}
    for name, value in cells.items():
        row[next(place for known, place in names.items() if known.replace(" ", "_").startswith(name))] = value
    path = folder / "npidata.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines, quoting=csv.QUOTE_ALL).writerows([header, row])
    return path


def test_therapists_alone_are_taken_in_and_every_row_is_counted() -> None:
    people, refusals = _read()
    assert list(people) == ["9555000014", "9555000022", "9555000055", "9555000063", "9555000071"]
    assert refusals == []
    assert sum(batch.read for batch in nppes.read(SAMPLE, today=TODAY)) == 7


def test_a_therapist_is_read_in_sensible_words() -> None:
    person = _read()[0]["9555000014"]
    assert (person.given_name, person.family_name, person.credentials) == ("Rosa", "McAllister", "LICSW")
    assert person.locations is not None
    place = person.locations[0]
    assert (place.street, place.city, place.postal_code) == ("12 Sample St Ste 3", "Northampton", "01060")
    assert place.provenance.verified_on == date(2026, 3, 9)
    assert (place.provenance.expires_on - place.provenance.verified_on).days == 90


def test_a_licence_in_the_registry_is_never_a_verified_one() -> None:
    licences = _read()[0]["9555000022"].licences or ()
    assert [(each.jurisdiction, each.kind, each.number) for each in licences] == [
        ("MA", "psychologist", "PSY 99"),
        ("NH", "marriage_family_therapist", "777"),
    ]
    assert {each.status for each in licences} == {"unverified"}


def test_a_licence_in_the_registry_outdoes_no_check_by_anybody() -> None:
    licences = _read()[0]["9555000014"].licences or ()
    assert [each.provenance.verified_on for each in licences] == [date(2005, 5, 23)]


def test_what_the_registry_does_not_know_is_left_unsaid() -> None:
    person = _read()[0]["9555000014"]
    assert (person.accepting, person.services, person.traits, person.contracts, person.time_zone) == (None,) * 5


def test_a_name_is_as_old_as_the_therapists_word_and_good_while_the_registry_lists_it() -> None:
    told = _read()[0]["9555000014"].provenance
    assert (told.verified_on, told.expires_on) == (date(2026, 3, 9), date(2027, 11, 23))


def test_a_deactivated_npi_removes_its_therapist() -> None:
    assert _read()[0]["9555000055"].removed_on == date(2026, 2, 1)


def test_a_reactivated_npi_stays() -> None:
    assert _read()[0]["9555000063"].removed_on is None


def test_a_licence_without_a_number_is_none() -> None:
    assert _read()[0]["9555000071"].licences == ()


def test_the_day_in_the_files_name_is_the_day_of_which_it_speaks(tmp_path: Path) -> None:
    path = tmp_path / "npidata_pfile_20050523-20261108.csv"
    path.write_bytes(SAMPLE.read_bytes())
    assert _read(path)[0]["9555000014"].provenance.expires_on == date(2027, 11, 8)


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"NPI": "9555000015"}, "check digit"),
        ({"NPI": ""}, "missing"),
        ({"Provider_License_Number_State_Code_1": ""}, "without a state"),
        ({"Provider_License_Number_State_Code_1": "ZZ"}, "licenses nobody"),
        ({"Last_Update_Date": "13/45/2026"}, "not a date"),
        ({"Last_Update_Date": ""}, "last updated"),
        ({"NPI_Deactivation_Date": "soon"}, "not a date"),
        ({"Provider_Business_Practice_Location_Address_State_Name": "ONTARIO"}, "no US state"),
        ({"Provider_Business_Practice_Location_Address_Postal_Code": "1060"}, "leading zero"),
        ({"Provider_Last_Name": ""}, "no name"),
    ],
)
def test_a_bad_row_is_put_aside_with_its_reason(tmp_path: Path, cells: dict[str, str], says: str) -> None:
    people, refusals = _read(_changed(tmp_path, **cells))
    assert people == {}
    assert [refusal.line for refusal in refusals] == [2]
    assert says in refusals[0].reason


def test_the_same_row_twice_is_one_therapist(tmp_path: Path) -> None:
    path = _changed(tmp_path)
    path.write_text(path.read_text() + path.read_text().splitlines()[1] + "\n")
    people, refusals = _read(path)
    assert len(people) == 1
    assert refusals == []


def test_of_a_duplicate_with_other_facts_the_first_counts(tmp_path: Path) -> None:
    path = _changed(tmp_path)
    path.write_text(path.read_text() + path.read_text().splitlines()[1].replace("MCALLISTER", "OTHER") + "\n")
    people, refusals = _read(path)
    assert people["9555000014"].family_name == "McAllister"
    assert "line 2 already" in refusals[0].reason


def test_a_file_without_a_column_it_needs_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "npidata.csv"
    path.write_text('"NPI","Entity Type Code"\n"9555000014","1"\n')
    with pytest.raises(NotThisKindOfFile, match="lacks the column Provider Last Name"):
        _read(path)
