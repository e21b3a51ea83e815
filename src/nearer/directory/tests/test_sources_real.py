"""What the real files kept beside the project say; skipped where they are not."""

from __future__ import annotations

from collections import Counter
from datetime import date
from itertools import chain
from pathlib import Path

import pytest

from nearer.directory.records import Batch
from nearer.directory.sources import read_source
from nearer.directory.sources.faults import NotThisKindOfFile

TODAY = date(2026, 11, 23)
DATA = Path(__file__).parents[5] / "shared" / "data"

pytestmark = [
    pytest.mark.shared_data,
    pytest.mark.skipif(not DATA.is_dir(), reason=f"the real files are not at {DATA}"),
]


def _read(source: str, path: str) -> list[Batch]:
    return list(read_source(source, DATA / path, today=TODAY))


def test_the_registrys_therapists_are_read_and_nothing_is_put_aside() -> None:
    batches = _read("nppes", "nppes-nucc/nppes-practitioners.csv")
    people = list(chain.from_iterable(batch.therapists for batch in batches))
    assert sum(batch.read for batch in batches) == 1000
    assert Counter(place.jurisdiction for one in people for place in one.locations or ()) == {
        "CT": 24,
        "MA": 21,
        "RI": 5,
    }
    assert {licence.status for one in people for licence in one.licences or ()} == {"unverified"}
    assert not any(batch.refused for batch in batches)


def test_organizations_of_the_registry_are_left_aside() -> None:
    batches = _read("nppes", "nppes-nucc/sample-nppes-organization-data.csv")
    assert (sum(batch.read for batch in batches), sum(len(batch.therapists) for batch in batches)) == (40, 0)


def test_other_tables_are_not_the_registrys() -> None:
    with pytest.raises(NotThisKindOfFile):
        _read("nppes", "nppes-nucc/nucc_provider_taxonomy.csv")


def test_plan_nets_examples_give_plans_and_a_placeholder_npi_is_put_aside() -> None:
    batches = _read("plan-net", "plan-net/package-1.1.0/example")
    assert [plan.name for plan in batches[0].plans] == ["Acme of CT QHP Bronze", "Acme of CT QHP Gold"]
    assert [network.code for network in batches[0].networks] == [
        "acme-ct-premium-preferred-provider-network",
        "acme-ct-preferred-provider-network",
    ]
    reasons = [refusal.reason for batch in batches for refusal in batch.refused]
    assert reasons == ["The NPI “NPI3238” is not ten digits."]
    assert sum(batch.read for batch in batches) == 49


def test_the_marketplaces_examples_name_a_state_that_is_none() -> None:
    batches = _read("qhp", "qhp")
    reasons = [refusal.reason for batch in batches for refusal in batch.refused]
    assert len(reasons) == 3
    assert all("“XX”" in reason for reason in reasons)
    assert sum(batch.read for batch in batches) == 6
