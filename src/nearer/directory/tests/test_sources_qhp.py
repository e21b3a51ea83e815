from __future__ import annotations

import json
from datetime import date
from itertools import chain
from pathlib import Path
from shutil import copytree

import pytest

from nearer.directory.records import Batch, TherapistRecord
from nearer.directory.sources import qhp
from nearer.directory.sources.faults import NotThisKindOfFile

TODAY = date(2026, 11, 23)
SAMPLE = Path(__file__).parent / "data" / "qhp"


def _batches(path: Path = SAMPLE, as_of: date | None = None) -> list[Batch]:
    return list(qhp.read(path, today=TODAY, as_of=as_of))


def _people(batches: list[Batch]) -> dict[str, TherapistRecord]:
    return {person.npi: person for person in chain.from_iterable(batch.therapists for batch in batches)}


def _reasons(batches: list[Batch]) -> str:
    return "\n".join(refusal.reason for batch in batches for refusal in batch.refused)


def test_a_plan_is_of_the_issuer_and_state_in_its_id_and_pays_for_a_network_per_tier() -> None:
    plans = [plan for batch in _batches() for plan in batch.plans]
    assert [(plan.payer, plan.jurisdictions) for plan in plans] == [("hios-12345", ("MA",)), ("hios-12345", ("NH",))]
    assert [tier for _payer, _code, tier in plans[0].networks] == ["PREFERRED", "NON-PREFERRED"]


def test_a_plan_counts_for_the_years_it_names() -> None:
    gold, silver = [plan for batch in _batches() for plan in batch.plans]
    assert (gold.starts_on, gold.ends_on) == (date(2026, 1, 1), date(2026, 12, 31))
    assert (silver.starts_on, silver.ends_on) == (date(2026, 11, 1), None)


def test_individual_therapists_alone_are_taken_in() -> None:
    assert list(_people(_batches())) == ["9555000014", "9555000055"]


def test_entries_of_one_person_become_one_therapist() -> None:
    person = _people(_batches())["9555000014"]
    assert [place.city for place in person.locations or ()] == ["Worcester", "Nashua"]
    assert [one.jurisdiction for one in person.contracts or ()] == ["MA", "NH"]


def test_either_spelling_of_speciality_is_read() -> None:
    assert "9555000014" in _people(_batches())


def test_accepting_in_some_locations_is_accepting() -> None:
    people = _people(_batches())
    assert people["9555000014"].accepting is True
    assert people["9555000055"].accepting is False


def test_languages_are_known_by_name_and_by_code() -> None:
    assert [trait.code for trait in _people(_batches())["9555000014"].traits or ()] == ["es", "en"]


def test_nothing_is_said_of_licences() -> None:
    assert _people(_batches())["9555000014"].licences is None


def test_what_is_wrong_is_put_aside_and_the_rest_goes_in() -> None:
    reasons = _reasons(_batches())
    for said in (
        "“XX”, which is no US state",
        "not a HIOS plan id",
        "nothing is fetched",
        "The NPI is missing",
        "check digit",
        "not an object",
        "tier “GOLDEN”",
        "different names",
    ):
        assert said in reasons


def test_every_entry_is_counted_once() -> None:
    assert sum(batch.read for batch in _batches()) == 4 + 10


def test_the_index_file_may_be_named_itself() -> None:
    assert _people(_batches(SAMPLE / "index.json")) == _people(_batches())


def test_a_folder_without_an_index_is_read_by_the_usual_names(tmp_path: Path) -> None:
    folder = copytree(SAMPLE, tmp_path / "qhp")
    (folder / "index.json").unlink()
    assert _people(_batches(folder)) == _people(_batches())


def test_facts_are_as_old_as_the_entry_unless_the_operator_vouches_for_a_day() -> None:
    assert _people(_batches())["9555000014"].provenance.verified_on == date(2026, 11, 2)
    vouched = _people(_batches(as_of=date(2026, 11, 20)))["9555000014"]
    assert vouched.provenance.verified_on == date(2026, 11, 20)


def test_a_file_that_breaks_off_gives_what_came_before(tmp_path: Path) -> None:
    folder = copytree(SAMPLE, tmp_path / "qhp")
    text = (folder / "providers.json").read_text()
    (folder / "providers.json").write_text(text[: text.index("Wrong")])
    batches = _batches(folder)
    assert "9555000014" in _people(batches)
    assert "breaks off" in _reasons(batches)


def test_an_entry_without_an_end_fills_no_memory(tmp_path: Path) -> None:
    folder = copytree(SAMPLE, tmp_path / "qhp")
    person = json.loads((folder / "providers.json").read_text())[0]
    (folder / "providers.json").write_text(f'[{json.dumps(person)}, "{"x" * 3_000_000}"]')
    batches = _batches(folder)
    assert "9555000014" in _people(batches)
    assert "over 1,000,000 bytes" in _reasons(batches)


@pytest.mark.parametrize("content", ["", "\x00\x01\x02", "not json", '{"drugs": []}'])
def test_a_folder_without_such_files_is_refused_whole(tmp_path: Path, content: str) -> None:
    (tmp_path / "index.json").write_text(content)
    with pytest.raises(NotThisKindOfFile, match="no directory of marketplace plans"):
        _batches(tmp_path)
