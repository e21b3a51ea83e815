"""One therapist from all the entries that tell of them."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

from django.utils.translation import gettext as _

from nearer.directory import vocabulary
from nearer.directory.records import ContractRecord, LocationRecord, Refused, TherapistRecord, TraitRecord
from nearer.directory.sources import places, words
from nearer.directory.sources.batches import Taken
from nearer.directory.sources.faults import RowRefused, refused
from nearer.directory.sources.qhp.entries import Clock, Entry, entry, many, text, word, years
from nearer.directory.sources.qhp.plans import Market, network_code, parts_of

ACCEPTING = {"accepting": True, "accepting in some locations": True, "not accepting": False}


@dataclass(frozen=True, slots=True)
class Person:
    """A therapist's entries. What can't be taken in of them is `refused`, the rest goes in."""

    number: int
    entries: Sequence[Entry]
    market: Market
    clock: Clock
    refused: list[Refused] = field(default_factory=list)

    def taken(self) -> Taken:
        """Return the therapist.

        :raises RowRefused: the entries tell of two people, or say too little.
        """
        told = self.entries[0]
        given, family = _name(told)
        if any(_name(each) != (given, family) for each in self.entries):
            raise RowRefused(_("NPI {npi} stands in the file under different names.").format(npi=word(told, "npi")))
        locations = {(place.street, place.city, place.postal_code): place for place in self._locations()}
        contracts = {(one.network, one.jurisdiction, one.starts_on): one for one in self._contracts()}
        states = [place.jurisdiction for place in locations.values()]
        states += [contract.jurisdiction for contract in contracts.values()]
        if not states:
            raise RowRefused(_("It is said neither where the therapist sees people nor which plan pays for them."))
        therapist = TherapistRecord(
            npi=word(told, "npi"),
            given_name=given,
            family_name=family,
            credentials=words.credentials(word(entry(told["name"]), "suffix")),
            provenance=self.clock.told("therapist", word(told, "npi"), told),
            line=self.number,
            accepting=_accepting(self.entries),
            locations=tuple(locations.values()),
            traits=tuple(self._languages()),
            contracts=tuple(contracts.values()),
        )
        return Taken(therapist, refused=tuple(self.refused))

    def _locations(self) -> Iterator[LocationRecord]:
        for told in self.entries:
            for address in many(told, "addresses"):
                try:
                    yield self._location(told, entry(address))
                except RowRefused as reason:
                    self._refuse(reason, address)

    def _location(self, told: Entry, address: Entry) -> LocationRecord:
        jurisdiction = places.jurisdiction(word(address, "state"))
        if jurisdiction is None:
            sentence = _("An address is in “{state}”, which is no US state or territory.")
            raise RowRefused(sentence.format(state=word(address, "state")))
        return LocationRecord(
            name="",
            street=f"{word(address, 'address')} {word(address, 'address_2')}".strip()[:200],
            city=word(address, "city")[:80],
            jurisdiction=jurisdiction,
            postal_code=words.postal_code(word(address, "zip")),
            phone=words.phone(word(address, "phone")),
            provenance=self.clock.told("location", word(told, "npi"), told),
        )

    def _contracts(self) -> Iterator[ContractRecord]:
        for told in self.entries:
            for plan in many(told, "plans"):
                try:
                    yield self._contract(told, entry(plan))
                except RowRefused as reason:
                    self._refuse(reason, plan)

    def _contract(self, told: Entry, plan: Entry) -> ContractRecord:
        """Return the contract with the network that one tier of one plan is.

        :raises RowRefused: the plans' file has no such plan or tier.
        """
        plan_id, tier = word(plan, "plan_id").upper(), word(plan, "network_tier")
        issuer, state = parts_of(plan_id)
        if not self.market.has(plan_id, tier):
            sentence = _("The plan {plan_id} with the tier “{tier}” is not among the plans of this directory.")
            raise RowRefused(sentence.format(plan_id=plan_id, tier=tier))
        period = years(plan)
        return ContractRecord(
            payer=issuer,
            network=network_code(plan_id, tier),
            jurisdiction=state,
            starts_on=period[0] if period else self.clock.said_on(told),
            ends_on=period[1] if period else None,
            provenance=self.clock.told("contract", f"{word(told, 'npi')}/{plan_id}/{tier}", told),
        )

    def _languages(self) -> Iterator[TraitRecord]:
        named = {str(name).casefold(): code for code, name in vocabulary.LANGUAGES.items()}
        told = {str(each).strip().casefold(): one for one in self.entries for each in many(one, "languages")}
        for language, one in told.items():
            code = named.get(language, language.split("-")[0])
            if code in vocabulary.LANGUAGES:
                yield TraitRecord("language", code, self.clock.told("trait", word(one, "npi"), one))

    def _refuse(self, reason: RowRefused, content: object) -> None:
        self.refused.append(refused(self.number, reason, f"{word(self.entries[0], 'npi')} {text(content)}"))


def _name(told: Entry) -> tuple[str, str]:
    name = entry(told.get("name"))
    given, family = words.name(word(name, "first")), words.name(word(name, "last"))
    if not (given and family):
        raise RowRefused(_("The therapist has no name."))
    return given[:80], family[:80]


def _accepting(entries: Sequence[Entry]) -> bool | None:
    """Say whether new clients are accepted at any of the places; None if no entry says so."""
    told = [ACCEPTING.get(word(each, "accepting").casefold()) for each in entries]
    return True if True in told else False if False in told else None
