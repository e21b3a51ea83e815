"""What a source may tell, for tests of taking it in."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any

from nearer.directory import operations
from nearer.directory.records import (
    Batch,
    ContractRecord,
    Counts,
    LicenceRecord,
    LocationRecord,
    NetworkRecord,
    PayerRecord,
    PlanRecord,
    Provenance,
    ServiceRecord,
    TherapistRecord,
    TraitRecord,
)
from nearer.directory.tests.builders import CHECKED, RELIABLE_UNTIL, an_npi

NOW = datetime(2026, 11, 23, 9, tzinfo=UTC)


def by(source: str = "roster", *, on: date = CHECKED, until: date = RELIABLE_UNTIL) -> Provenance:
    return Provenance(source, f"{source}-1", on, until)


def a_licence_told(
    *, jurisdiction: str = "MA", number: str = "L1", status: str = "active", **told: Any
) -> LicenceRecord:
    return LicenceRecord(jurisdiction, "psychologist", number, status, told.get("provenance", by()))


def a_contract_told(
    *,
    network: str = "ppo",
    jurisdiction: str = "MA",
    starts_on: date = CHECKED,
    ends_on: date | None = None,
    provenance: Provenance | None = None,
) -> ContractRecord:
    return ContractRecord("evergreen", network, jurisdiction, starts_on, ends_on, provenance or by())


def a_trait_told(*, kind: str = "language", code: str = "en", provenance: Provenance | None = None) -> TraitRecord:
    return TraitRecord(kind, code, provenance or by())


def a_service_told(*, kind: str = "individual", ages: tuple[str, ...] = ("adult",), **told: Any) -> ServiceRecord:
    plain = ServiceRecord(kind, 60, 50, ages, True, False, None, 15_000, by())
    return replace(plain, **told)


def a_location_told(*, street: str = "1 Elm Street", jurisdiction: str = "MA") -> LocationRecord:
    return LocationRecord("", street, "Springfield", jurisdiction, "01101", "", by())


def a_therapist_told(*, npi: str = "", provenance: Provenance | None = None, **told: Any) -> TherapistRecord:
    """Return a record that tells of every part, but for what a test says otherwise."""
    whole: dict[str, Any] = {
        "given_name": "Alex",
        "family_name": "Rivera",
        "credentials": "PhD",
        "line": 1,
        "time_zone": "America/New_York",
        "accepting": True,
        "licences": (a_licence_told(),),
        "locations": (a_location_told(),),
        "services": (a_service_told(),),
        "traits": (a_trait_told(), a_trait_told(kind="concern", code="closeness")),
        "contracts": (a_contract_told(),),
    }
    return TherapistRecord(npi=npi or an_npi(), provenance=provenance or by(), **(whole | told))


def a_plan_told(*, networks: Sequence[str] = ("ppo",), **told: Any) -> PlanRecord:
    paid = tuple(("evergreen", network, "") for network in networks)
    plain = PlanRecord("evergreen", "silver", "Silver PPO", ("MA",), paid, CHECKED, None, by())
    return replace(plain, **told)


def a_batch(*therapists: TherapistRecord, **told: Any) -> Batch:
    """Return a batch that knows the payer Evergreen and its networks `ppo` and `hmo`."""
    plain = Batch(
        read=len(therapists),
        payers=(PayerRecord("evergreen", "Evergreen Health"),),
        networks=(
            NetworkRecord("evergreen", "ppo", "Evergreen PPO", by()),
            NetworkRecord("evergreen", "hmo", "Evergreen HMO", by()),
        ),
        therapists=therapists,
    )
    return replace(plain, **told)


def taken_in(batch: Batch) -> Counts:
    """Take a batch in as a run of its own, and return the run's report."""
    run_id = operations.start_run(source="test", now=NOW)
    counts = operations.take_in(batch, run_id=run_id, now=NOW)
    assert operations.finish_run(run_id=run_id, now=NOW) == counts
    return counts
