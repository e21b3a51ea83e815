from __future__ import annotations

import csv
from datetime import date, datetime
from itertools import chain
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile

import pytest
from openpyxl import Workbook, load_workbook

from nearer.directory.records import Batch, DiaryRecord, HoursRecord, TherapistRecord
from nearer.directory.sources import roster, roster_template, write_roster_template
from nearer.directory.sources.faults import NotThisKindOfFile
from nearer.directory.sources.roster import sheets
from nearer.directory.sources.roster.columns import PLANS, THERAPISTS

TODAY = date(2026, 11, 23)
SAMPLE = Path(__file__).parent / "data" / "roster.csv"
NPI = "9555000014"


def _batches(path: Path = SAMPLE) -> list[Batch]:
    return list(roster.read(path, today=TODAY))


def _people(batches: list[Batch]) -> dict[str, TherapistRecord]:
    return {person.npi: person for person in chain.from_iterable(batch.therapists for batch in batches)}


def _reasons(batches: list[Batch]) -> list[str]:
    return [refusal.reason for batch in batches for refusal in batch.refused]


def _written(folder: Path, **cells: str) -> Path:
    """Write a roster of one therapist with these cells."""
    row = {"npi": NPI, "given_name": "Rosa", "family_name": "Rivera", **cells}
    path = folder / "r.csv"
    with path.open("w", encoding="utf-8", newline="") as lines:
        csv.writer(lines).writerows([row.keys(), row.values()])
    return path


def _one(folder: Path, **cells: str) -> TherapistRecord:
    batches = _batches(_written(folder, **cells))
    assert _reasons(batches) == []
    return _people(batches)[NPI]


def test_plans_come_before_therapists_with_the_networks_they_pay_for() -> None:
    market = _batches()[0]
    assert [payer.code for payer in market.payers] == ["harbor-mutual", "quiet-harbor"]
    assert [(network.payer, network.code) for network in market.networks] == [
        ("harbor-mutual", "open-choice"),
        ("quiet-harbor", "core"),
    ]
    assert market.plans[0].jurisdictions == ("MA", "NH")
    assert len(market.refused) == 2


def test_a_full_row_is_read_whole() -> None:
    person = _people(_batches())[NPI]
    assert [(one.jurisdiction, one.kind, one.number, one.status) for one in person.licences or ()] == [
        ("MA", "clinical_social_worker", "123456", "active"),
        ("NH", "clinical_social_worker", "7788", "active"),
    ]
    assert [(one.network, one.jurisdiction) for one in person.contracts or ()] == [
        ("open-choice", "MA"),
        ("core", "MA"),
        ("core", "NH"),
    ]
    assert [(one.kind, one.ages, one.session_fee_cents) for one in person.services or ()] == [
        ("individual", ("adult", "older"), 15000),
        ("couples", ("adult", "older"), 15000),
    ]
    assert [(one.kind, one.code) for one in person.traits or ()] == [
        ("concern", "closeness"),
        ("concern", "trust"),
        ("language", "en"),
        ("language", "es"),
    ]
    assert (person.accepting, person.couples_training, person.time_zone) == (True, "EFT externship", "America/New_York")


def test_hours_and_limits_become_a_diary() -> None:
    diaries = list(chain.from_iterable(batch.diaries for batch in _batches()))
    assert diaries == [
        DiaryRecord(
            NPI,
            "America/New_York",
            (*(HoursRecord(day, 540, 1020) for day in range(4)), HoursRecord(5, 540, 780)),
            {"weekly_new_clients": 2},
        )
    ]


def test_empty_cells_say_nothing(tmp_path: Path) -> None:
    person = _one(tmp_path)
    assert person.accepting is None
    assert (person.licences, person.locations, person.services, person.traits, person.contracts) == (None,) * 5


def test_none_empties_a_list(tmp_path: Path) -> None:
    assert _one(tmp_path, licences="none", concerns="-").licences == ()


def test_a_licence_past_its_day_is_expired(tmp_path: Path) -> None:
    licences = _one(tmp_path, licences="MA LMHC 55 2026-01-31").licences or ()
    assert [(one.status, one.provenance.expires_on) for one in licences] == [("expired", date(2026, 1, 31))]


def test_titles_codes_and_names_of_licences_are_understood(tmp_path: Path) -> None:
    cell = "MA L.M.H.C. 1; NH professional_counselor 2; CT Marriage and family therapist A 3; RI PSYPACT 4 suspended"
    licences = _one(tmp_path, licences=cell).licences or ()
    assert [(one.kind, one.number, one.status) for one in licences] == [
        ("professional_counselor", "1", "active"),
        ("professional_counselor", "2", "active"),
        ("marriage_family_therapist", "A 3", "active"),
        ("compact_psypact", "4", "suspended"),
    ]


def test_an_older_check_makes_facts_expire_sooner(tmp_path: Path) -> None:
    person = _one(tmp_path, verified_on="2026-09-01", licences="MA LMHC 1", networks="A/B")
    assert [one.provenance.expires_on for one in person.contracts or ()] == [date(2026, 11, 30)]


@pytest.mark.parametrize(
    ("cells", "says"),
    [
        ({"npi": "9555000015"}, "check digit"),
        ({"npi": "NPI1"}, "ten digits"),
        ({"given_name": ""}, "no name"),
        ({"licences": "LICSW 123"}, "without a state"),
        ({"licences": "MA 123"}, "without a title"),
        ({"licences": "MA LICSW"}, "without its number"),
        ({"licences": "MA LICSW 1 2026-02-30"}, "not a date"),
        ({"networks": "A/B MA 2026-05-01..2026-01-01"}, "ends before it begins"),
        ({"networks": "Bluestem PPO", "licences": "MA LICSW 1"}, "not like Payer/Network"),
        ({"networks": "A/B"}, "for no state"),
        ({"services": "hypnosis"}, "Possible are: individual, couples, family"),
        ({"services": "individual", "ages": "toddlers"}, "toddlers"),
        ({"services": "individual", "fee": "a lot"}, "amount in dollars"),
        ({"services": "individual", "session_minutes": "an hour"}, "whole number"),
        ({"services": "individual", "video": "perhaps"}, "neither yes nor no"),
        ({"concerns": "closeness; witchcraft"}, "witchcraft"),
        ({"time_zone": "Mars"}, "no time zone"),
        ({"verified_on": "2027-01-01"}, "a day to come"),
        ({"verified_on": "45291"}, "not a date"),
        ({"city": "Boston", "state": "MA", "postal_code": "2116"}, "leading zero"),
        ({"city": "Boston", "postal_code": "02116"}, "needs its city, its state"),
        ({"hours": "Mon 9-17"}, "by which clock"),
        ({"caseload_limit": "20"}, "together with hours"),
    ],
)
def test_a_bad_row_is_put_aside_with_its_reason(tmp_path: Path, cells: dict[str, str], says: str) -> None:
    batches = _batches(_written(tmp_path, **cells))
    assert _people(batches) == {}
    assert any(says in reason for reason in _reasons(batches))


def test_of_a_duplicate_with_other_facts_the_first_counts() -> None:
    batches = _batches()
    assert _people(batches)[NPI].family_name == "Rivera"
    assert sum("stands on line 3 already" in reason for reason in _reasons(batches)) == 1


def test_every_row_is_counted_and_remarks_are_not() -> None:
    assert sum(batch.read for batch in _batches()) == 3 + 10


def test_a_column_that_nobody_knows_is_pointed_out(tmp_path: Path) -> None:
    batches = _batches(_written(tmp_path, shoe_size="44"))
    assert NPI in _people(batches)
    assert _reasons(batches) == ["No such column is known, so it was not read: shoe_size."]


def test_semicolons_windows_letters_and_other_names_of_columns_are_understood(tmp_path: Path) -> None:
    path = tmp_path / "r.csv"
    path.write_bytes("NPI;First Name;Last Name;Licenses\n9555000014;Íñigo;Muñoz;MA LICSW 1\n".encode("cp1252"))
    person = _people(_batches(path))[NPI]
    assert (person.given_name, person.family_name) == ("Íñigo", "Muñoz")
    assert len(person.licences or ()) == 1


def _workbook(folder: Path, *rows: list[object]) -> Path:
    book = Workbook()
    sheet = book.active
    assert sheet is not None
    for row in rows:
        sheet.append(row)
    path = folder / "r.xlsx"
    book.save(path)
    return path


def test_a_workbook_says_the_same_as_text(tmp_path: Path) -> None:
    header: list[object] = [
        "npi",
        "given_name",
        "family_name",
        "accepting",
        "licences",
        "verified_on",
        "services",
        "fee",
    ]
    row: list[object] = [9555000014, "Rosa", "Rivera", True, "MA LICSW 1", datetime(2026, 11, 20), "individual", 150.5]
    person = _people(_batches(_workbook(tmp_path, header, row)))[NPI]
    assert person.accepting is True
    assert person.provenance.verified_on == date(2026, 11, 20)
    assert [one.session_fee_cents for one in person.services or ()] == [15050]


def test_a_number_in_a_workbook_that_lost_its_zero_is_refused(tmp_path: Path) -> None:
    header: list[object] = ["npi", "given_name", "family_name", "city", "state", "postal_code"]
    batches = _batches(_workbook(tmp_path, header, [9555000014, "Rosa", "Rivera", "Boston", "MA", 2116]))
    assert "leading zero" in _reasons(batches)[0]


def test_what_was_checked_today_by_an_eastern_clock_counts_as_checked_today(tmp_path: Path) -> None:
    assert _one(tmp_path, verified_on="2026-11-24").provenance.verified_on == TODAY


def test_what_is_no_workbook_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    path.write_bytes(b"\xd0\xcf\x11\xe0 an old one")
    with pytest.raises(NotThisKindOfFile, match="Excel workbook"):
        _batches(path)


def test_a_zip_file_that_is_no_workbook_is_refused_whole(tmp_path: Path) -> None:
    path = tmp_path / "r.xlsx"
    with ZipFile(path, "w") as packed:
        packed.writestr("hello.txt", "hello")
    with pytest.raises(NotThisKindOfFile, match="Excel workbook"):
        _batches(path)


def test_a_workbook_that_unpacks_to_too_much_is_refused_unopened(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sheets, "LARGEST", 1_000_000)
    path = tmp_path / "r.xlsx"
    with ZipFile(path, "w", ZIP_DEFLATED) as packed:
        packed.writestr("xl/worksheets/sheet1.xml", "0" * 2_000_000)
    with pytest.raises(NotThisKindOfFile, match="unpacks to"):
        _batches(path)


@pytest.mark.parametrize("name", ["t.csv", "t.xlsx"])
def test_the_template_is_a_roster_of_nobody(tmp_path: Path, name: str) -> None:
    write_roster_template(tmp_path / name)
    assert [batch for batch in _batches(tmp_path / name) if batch.therapists or batch.refused] == []


def test_the_templates_example_is_a_row_that_goes_in(tmp_path: Path) -> None:
    write_roster_template(tmp_path / "t.xlsx")
    book = load_workbook(tmp_path / "t.xlsx")
    for sheet in book.worksheets:
        sheet["A3"] = str(sheet["A3"].value).removeprefix("# ")
    book.save(tmp_path / "t.xlsx")
    batches = _batches(tmp_path / "t.xlsx")
    assert _reasons(batches) == []
    assert len(batches[0].plans) == 1
    assert len(_people(batches)[NPI].contracts or ()) == 3


def test_a_template_never_replaces_a_file(tmp_path: Path) -> None:
    (tmp_path / "t.csv").write_text("somebody's roster")
    with pytest.raises(FileExistsError):
        write_roster_template(tmp_path / "t.csv")


def test_the_template_names_every_column() -> None:
    assert roster_template().splitlines()[0].split(",") == [column.name for column in THERAPISTS]


def test_every_column_is_in_the_documentation() -> None:
    page = (Path(__file__).parents[4] / "docs" / "roster.md").read_text("utf-8")
    assert [column.name for column in (*THERAPISTS, *PLANS) if f"`{column.name}`" not in page] == []
