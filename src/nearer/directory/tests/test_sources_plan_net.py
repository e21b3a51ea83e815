from __future__ import annotations

import json
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from nearer.directory.records import Batch, TherapistRecord
from nearer.directory.sources import plan_net
from nearer.directory.sources.faults import NotThisKindOfFile

TODAY = date(2026, 11, 23)
SAMPLE = Path(__file__).parent / "data" / "plan_net" / "bundle.json"


def _batches(path: Path = SAMPLE, as_of: date | None = None) -> list[Batch]:
    return list(plan_net.read(path, today=TODAY, as_of=as_of))


def _people(batches: list[Batch]) -> dict[str, TherapistRecord]:
    return {person.npi: person for person in chain.from_iterable(batch.therapists for batch in batches)}


def _reasons(batches: list[Batch]) -> list[str]:
    return [refusal.reason for batch in batches for refusal in batch.refused]


def _entries() -> list[dict[str, object]]:
    entries: list[dict[str, object]] = json.loads(SAMPLE.read_text())["entry"]
    return entries


def test_payers_networks_and_plans_come_first() -> None:
    market = _batches()[0]
    assert [payer.code for payer in market.payers] == ["harbor-mutual", "quiet-harbor"]
    assert [plan.code for plan in market.plans] == ["open-choice-ppo"]


def test_a_plan_pays_for_its_own_network_and_for_a_carve_out() -> None:
    plan = _batches()[0].plans[0]
    assert plan.networks == (("harbor-mutual", "open-choice", ""), ("quiet-harbor", "core", ""))
    assert plan.jurisdictions == ("MA", "CT")


def test_two_networks_of_one_name_are_told_apart() -> None:
    assert [network.code for network in _batches()[0].networks] == ["open-choice", "core", "core-n3"]


def test_a_therapist_is_put_together_from_roles_and_places() -> None:
    person = _people(_batches())["9555000014"]
    assert [(one.payer, one.network, one.jurisdiction) for one in person.contracts or ()] == [
        ("harbor-mutual", "open-choice", "MA"),
        ("harbor-mutual", "open-choice", "CT"),
        ("quiet-harbor", "core", "MA"),
        ("quiet-harbor", "core", "CT"),
    ]
    assert [place.jurisdiction for place in person.locations or ()] == ["MA", "CT"]
    assert [trait.code for trait in person.traits or ()] == ["es", "en"]
    assert person.accepting is True


def test_a_contract_without_a_place_is_for_where_therapist_and_plan_both_are() -> None:
    contracts = _people(_batches())["9555000014"].contracts or ()
    assert [one.jurisdiction for one in contracts if one.network == "core"] == ["MA", "CT"]


def test_a_licence_with_a_number_counts_and_one_without_is_not_verified() -> None:
    people = _people(_batches())
    assert [licence.status for licence in people["9555000014"].licences or ()] == ["active"]
    assert [licence.status for licence in people["9555000030"].licences or ()] == ["unverified"]


def test_what_is_wrong_is_put_aside_and_the_rest_goes_in() -> None:
    reasons = " ".join(_reasons(_batches()))
    for said in ("“NPI3238” is not ten digits", "which payer", "in which states", "lacks the network", "ends before"):
        assert said in reasons
    assert sum(batch.read for batch in _batches()) == 25


def test_another_profession_and_a_role_of_nobody_are_left_aside() -> None:
    assert list(_people(_batches())) == ["9555000014", "9555000030"]


def test_facts_are_as_old_as_the_resource_unless_the_operator_vouches_for_a_day() -> None:
    assert _batches()[0].plans[0].provenance.verified_on == date(2026, 11, 1)
    assert _batches(as_of=date(2026, 11, 20))[0].plans[0].provenance.verified_on == date(2026, 11, 20)


def test_a_folder_and_lines_of_json_say_the_same_as_a_bundle(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    resources = [json.dumps(entry["resource"]) for entry in _entries()]
    for number, resource in enumerate(resources):
        (folder / f"{number:03}.json").write_text(resource)
    lines = tmp_path / "all.ndjson"
    lines.write_text("\n".join(resources))
    assert _batches(folder) == _batches(lines)
    assert _people(_batches(folder)) == _people(_batches())


def test_references_by_the_address_in_the_bundle_are_followed(tmp_path: Path) -> None:
    text = SAMPLE.read_text().replace("https://example.org/fhir/Organization/N1", "urn:uuid:1")
    path = tmp_path / "bundle.json"
    path.write_text(text.replace('"Organization/N1"', '"urn:uuid:1"'))
    contracts = _people(_batches(path))["9555000014"].contracts or ()
    assert "open-choice" in {one.network for one in contracts}


def test_a_bundle_larger_than_a_line_may_be_is_streamed_and_may_break_off(tmp_path: Path) -> None:
    filler = [{"resource": {"resourceType": "Endpoint", "id": "e", "name": "x" * 1000}}] * 1500
    text = json.dumps({"resourceType": "Bundle", "entry": [*_entries(), *filler]})
    path = tmp_path / "bundle.json"
    path.write_text(text[: len(text) - 500])
    batches = _batches(path)
    assert "9555000014" in _people(batches)
    assert any("breaks off" in reason for reason in _reasons(batches))


def test_an_invalid_resource_is_put_aside_with_the_place_of_its_fault(tmp_path: Path) -> None:
    entries = _entries()
    entries.append({"resource": {"resourceType": "Practitioner", "id": "bad", "name": "not a list"}})
    path = tmp_path / "bundle.json"
    path.write_text(json.dumps({"resourceType": "Bundle", "entry": entries}))
    assert any("not valid FHIR: name" in reason for reason in _reasons(_batches(path)))


@pytest.mark.parametrize("content", ["", "{}", "[1, 2]", "\x00\x01", '{"resourceType": "Patient", "id": "1"}'])
def test_a_file_without_a_directory_in_it_is_refused_whole(tmp_path: Path, content: str) -> None:
    path = tmp_path / "bundle.json"
    path.write_text(content)
    with pytest.raises(NotThisKindOfFile):
        _batches(path)


def test_a_missing_file_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(NotThisKindOfFile, match="no file or folder"):
        _batches(tmp_path / "nothing")
