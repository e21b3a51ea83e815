"""Payers, networks and plans that do not exist: nationwide, one per region, and carve-outs that others' plans use."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from nearer.directory.records import Batch, NetworkRecord, PayerRecord, PlanRecord, Provenance
from nearer.directory.sources.provenance import provenance
from nearer.directory.sources.synthetic.spread import DATA, jurisdictions

SOURCE = "synthetic"


@dataclass(frozen=True, slots=True)
class Panel:
    """A network, the part of therapists who are in it, and the region it is confined to (empty: everywhere)."""

    payer: str
    code: str
    name: str
    share: float
    region: str = ""

    @property
    def source_id(self) -> str:
        return f"{self.payer}/{self.code}"


@cache
def _told() -> Mapping[str, Any]:
    found: Mapping[str, Any] = json.loads((DATA / "demonstration_payers.json").read_text("utf-8"))
    return found


@cache
def panels() -> tuple[Panel, ...]:
    everywhere = [
        Panel(payer["code"], network["code"], network["name"], network["share"])
        for payer in (*_told()["carve_outs"], *_told()["national"])
        for network in payer["networks"]
    ]
    regional = [
        Panel(payer["code"], "regional", payer["network"], _told()["regional_share"], payer["region"])
        for payer in _told()["regional"]
    ]
    return (*everywhere, *regional)


@cache
def panels_in(jurisdiction: str) -> tuple[Panel, ...]:
    return tuple(panel for panel in panels() if panel.region in ("", jurisdictions()[jurisdiction].region))


def batch(today: date) -> Batch:
    """Return the whole market: about 1,000 plans in 50-odd jurisdictions."""
    payers = [*_told()["carve_outs"], *_told()["national"], *_told()["regional"]]
    plans = (*_national_plans(today), *_regional_plans(today))
    return Batch(
        read=len(plans),
        payers=tuple(PayerRecord(payer["code"], payer["name"]) for payer in payers),
        networks=tuple(
            NetworkRecord(
                panel.payer, panel.code, panel.name, _checked("network", f"{panel.payer}/{panel.code}", today)
            )
            for panel in panels()
        ),
        plans=plans,
    )


def _national_plans(today: date) -> Iterator[PlanRecord]:
    """Yield one to four plans per payer and jurisdiction: the larger the jurisdiction, the more of them."""
    for payer in _told()["national"]:
        for code, there in jurisdictions().items():
            offered = payer["plans"][: 4 if there.population > 6000 else 3 if there.population > 1500 else 2]  # noqa: PLR2004
            for plan in offered:
                yield _plan(payer["code"], plan["code"], plan["name"], code, plan["pays"], today)


def _regional_plans(today: date) -> Iterator[PlanRecord]:
    for payer in _told()["regional"]:
        for code, there in jurisdictions().items():
            if there.region == payer["region"]:
                for plan in _told()["regional_plans"]:
                    yield _plan(payer["code"], plan["code"], plan["name"], code, [f"{payer['code']}/regional"], today)


def _plan(payer: str, plan: str, name: str, jurisdiction: str, pays: list[str], today: date) -> PlanRecord:  # noqa: PLR0913, PLR0917
    code = f"{plan}-{jurisdiction.lower()}"
    networks = tuple((*network.split("/"), "") for network in pays)
    return PlanRecord(
        payer=payer,
        code=code,
        name=f"{name}, {jurisdiction}",
        jurisdictions=(jurisdiction,),
        networks=tuple((owner, network, tier) for owner, network, tier in networks),
        starts_on=today.replace(month=1, day=1),
        ends_on=None,
        provenance=_checked("plan", f"{payer}/{code}", today),
    )


def _checked(kind: str, source_id: str, today: date) -> Provenance:
    return provenance(kind, source=SOURCE, source_id=source_id, verified_on=today)
