"""Where a practitioner works and for which networks: one role per network and place."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date

from django.utils.translation import gettext as _

from nearer.directory.records import ContractRecord, LocationRecord, NetworkRecord, Refused
from nearer.directory.sources import places, words
from nearer.directory.sources.faults import RowRefused, refused
from nearer.directory.sources.plan_net import fhir
from nearer.directory.sources.plan_net.fhir import Resource
from nearer.directory.sources.plan_net.files import Found
from nearer.directory.sources.plan_net.payers import Market
from nearer.directory.sources.plan_net.shelves import Shelves


@dataclass(frozen=True, slots=True)
class Work:
    """A practitioner's active roles. What can't be taken in of them is `refused`, the rest goes in."""

    found: Found
    roles: Sequence[Resource]
    shelves: Shelves
    market: Market
    refused: list[Refused] = field(default_factory=list)

    def locations(self) -> Iterator[LocationRecord]:
        for key in dict.fromkeys(fhir.reference(each) for role in self.roles for each in role.get("location", ())):
            try:
                yield self._location(key)
            except RowRefused as reason:
                self._refuse(reason)

    def contracts(self, states: Sequence[str]) -> Iterator[ContractRecord]:
        """Yield one contract per network and state; `states` are where the therapist is, for a role without a place."""
        found: dict[tuple[str, str, str, date], ContractRecord] = {}
        for role in self.roles:
            try:
                for one in self._contracts(role, states):
                    found.setdefault((one.payer, one.network, one.jurisdiction, one.starts_on), one)
            except RowRefused as reason:
                self._refuse(reason)
        yield from found.values()

    def _contracts(self, role: Resource, states: Sequence[str]) -> Iterator[ContractRecord]:
        starts_on, ends_on = self._period(role)
        told = self.shelves.told("contract", role)
        for network in self._networks(role):
            for state in self._states_for(role, network, states):
                yield ContractRecord(network.payer, network.code, state, starts_on, ends_on, told)

    def _networks(self, role: Resource) -> Iterator[NetworkRecord]:
        for extension in fhir.extensions(role, "network-reference"):
            key = self.shelves.key(fhir.reference(extension.get("valueReference")))
            if key not in self.market.networks:
                raise RowRefused(_("The directory lacks the network {key}.").format(key=key))
            yield self.market.networks[key]

    def _period(self, role: Resource) -> tuple[date, date | None]:
        """Return a role's period; without a start it has run since it was last changed, without an end it goes on."""
        period = role.get("period", {})
        starts_on, ends_on = fhir.day(period.get("start")) or self.shelves.changed_on(role), fhir.day(period.get("end"))
        if ends_on is not None and ends_on < starts_on:
            raise RowRefused(_("The contract ends before it begins."))
        return starts_on, ends_on

    def _states_for(self, role: Resource, network: NetworkRecord, states: Sequence[str]) -> list[str]:
        """Return where a role's contract is good: at its places; without one, where therapist and plans are."""
        if role.get("location"):
            return self._states(role)
        return [state for state in states if state in self.market.states_of(network)]

    def _states(self, role: Resource) -> list[str]:
        told = (self.shelves.get(fhir.reference(each)) or {} for each in role.get("location", ()))
        found = (places.jurisdiction(str(location.get("address", {}).get("state", ""))) for location in told)
        return list(dict.fromkeys(state for state in found if state))

    def _location(self, key: str) -> LocationRecord:
        location = self.shelves.get(key)
        if location is None:
            raise RowRefused(_("The directory lacks the place {place}.").format(place=key))
        address = location.get("address", {})
        jurisdiction = places.jurisdiction(str(address.get("state", "")))
        if jurisdiction is None:
            raise RowRefused(_("The place {place} is in no US state or territory.").format(place=key))
        phones = (str(each.get("value", "")) for each in location.get("telecom", ()) if each.get("system") == "phone")
        return LocationRecord(
            name=str(location.get("name", ""))[:120],
            street=" ".join(map(str, address.get("line", ())))[:200],
            city=str(address.get("city", ""))[:80],
            jurisdiction=jurisdiction,
            postal_code=words.postal_code(str(address.get("postalCode", ""))),
            phone=next(filter(None, map(words.phone, phones)), ""),
            provenance=self.shelves.told("location", location),
        )

    def _refuse(self, reason: RowRefused) -> None:
        self.refused.append(refused(self.found.number, reason, self.found.content))
