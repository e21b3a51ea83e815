"""Payers, networks and plans of a payer's directory."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.text import slugify
from django.utils.translation import gettext as _

from nearer.directory.records import Batch, NetworkRecord, PayerRecord, PlanRecord, Refused
from nearer.directory.sources import places
from nearer.directory.sources.faults import RowRefused, refused
from nearer.directory.sources.plan_net.fhir import Resource, day, has_code, reference
from nearer.directory.sources.plan_net.files import Found
from nearer.directory.sources.plan_net.shelves import Shelves


@dataclass(frozen=True, slots=True)
class _Named:
    code: str
    name: str


class Market:
    """What a directory says of payers, networks and plans, and by which codes they go with us.

    A code is made of the name, because a practice writes it in its roster; two of one name are told apart by their id.
    """

    def __init__(self, shelves: Shelves) -> None:
        self._shelves = shelves
        self._codes: dict[str, str] = {}
        self._payers: dict[str, _Named] = {}
        self.networks: dict[str, NetworkRecord] = {}
        self.plans: list[PlanRecord] = []
        self._refused: list[Refused] = []
        self._read()

    def batch(self, read: int, refusals: Sequence[Refused]) -> Batch:
        """Return all of it: payers have some dozens of networks and some thousands of plans."""
        return Batch(
            read=read + len(refusals),
            payers=tuple(PayerRecord(payer.code, payer.name) for payer in self._payers.values()),
            networks=tuple(self.networks.values()),
            plans=tuple(self.plans),
            refused=(*refusals, *self._refused),
        )

    def states_of(self, network: NetworkRecord) -> tuple[str, ...]:
        """Return where plans that pay for a network are sold."""
        paying = (plan for plan in self.plans if (network.payer, network.code, "") in plan.networks)
        return tuple(dict.fromkeys(state for plan in paying for state in plan.jurisdictions))

    def _read(self) -> None:
        for found in self._shelves.all("Organization"):
            if has_code(found.resource.get("type"), "ntwk"):
                self._try(self._network, found)
        for found in self._shelves.all("InsurancePlan"):
            if found.resource.get("status", "active") == "active":
                self._try(self._plan, found)

    def _try(self, take: Callable[[Found], None], found: Found) -> None:
        try:
            take(found)
        except RowRefused as reason:
            self._refused.append(refused(found.number, reason, found.content))

    def _network(self, found: Found) -> None:
        organization = found.resource
        if organization.get("active", True):
            payer = self._payer(reference(organization.get("partOf")))
            code = self._code("network", organization, payer.code)
            told = self._shelves.told("network", organization)
            self.networks[found.key] = NetworkRecord(payer.code, code, _name(organization), told)

    def _plan(self, found: Found) -> None:
        plan = found.resource
        payer = self._payer(reference(plan.get("ownedBy")) or reference(plan.get("administeredBy")))
        jurisdictions = tuple(dict.fromkeys(self._states(plan)))
        if not jurisdictions:
            raise RowRefused(_("The plan {name} does not say in which states it is sold.").format(name=_name(plan)))
        period = plan.get("period", {})
        record = PlanRecord(
            payer=payer.code,
            code=self._code("plan", plan, payer.code),
            name=_name(plan),
            jurisdictions=jurisdictions,
            networks=tuple(dict.fromkeys(self._pays_for(plan))),
            starts_on=day(period.get("start")) or self._shelves.changed_on(plan),
            ends_on=day(period.get("end")),
            provenance=self._shelves.told("plan", plan),
        )
        if record.ends_on and record.ends_on < record.starts_on:
            raise RowRefused(_("The plan {name} ends before it begins.").format(name=record.name))
        self.plans.append(record)

    def _pays_for(self, plan: Resource) -> Iterator[tuple[str, str, str]]:
        """Yield the networks of the product and of its variants; a carve-out is another payer's."""
        told = [*plan.get("network", ()), *(each for kind in plan.get("plan", ()) for each in kind.get("network", ()))]
        for each in told:
            key = self._shelves.key(reference(each))
            if key not in self.networks:
                raise RowRefused(_("The plan pays for {network}, which the directory lacks.").format(network=key))
            yield self.networks[key].payer, self.networks[key].code, ""

    def _states(self, plan: Resource) -> Iterator[str]:
        for area in plan.get("coverageArea", ()):
            location = self._shelves.get(reference(area)) or {}
            if state := places.jurisdiction(str(location.get("address", {}).get("state", ""))):
                yield state

    def _payer(self, key: str) -> _Named:
        organization = self._shelves.get(key)
        if organization is None:
            raise RowRefused(_("It is not said which payer it belongs to, or the directory lacks that payer."))
        if key not in self._payers:
            self._payers[key] = _Named(self._code("payer", organization, ""), _name(organization))
        return self._payers[key]

    def _code(self, kind: str, resource: Resource, owner: str) -> str:
        key, code = f"{resource['resourceType']}/{resource.get('id', '')}", slugify(_name(resource))[:70]
        if self._codes.setdefault(f"{kind}/{owner}/{code}", key) != key or not code:
            code = f"{code}-{slugify(resource.get('id', ''))}".strip("-")[:80]
        return code


def _name(resource: Resource) -> str:
    return " ".join(str(resource.get("name", "")).split())[:160] or str(resource.get("id", ""))
