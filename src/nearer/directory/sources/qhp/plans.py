"""Plans by their HIOS ids, and the networks that they pay for: one per tier."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from django.utils.text import slugify
from django.utils.translation import gettext as _

from nearer.directory import vocabulary
from nearer.directory.records import Batch, NetworkRecord, PayerRecord, PlanRecord, Refused
from nearer.directory.sources.faults import RowRefused, refused
from nearer.directory.sources.qhp.entries import Clock, Entry, entry, many, text, word, years

#: The five digits of the issuer, the state, and the product: what a HIOS id is made of.
HIOS = re.compile(r"(\d{5})([A-Z]{2})\d{7}", re.ASCII)
SIZE = 500


class Market:
    """The plans that were taken in, for the providers that name them."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._tiers: dict[str, set[str]] = {}

    def batches(self, entries: Iterable[object]) -> Iterator[Batch]:
        """Yield the plans in batches, with their issuers and networks."""
        taken: list[tuple[PlanRecord, tuple[NetworkRecord, ...]]] = []
        refusals: list[Refused] = []
        for number, value in enumerate(entries, start=1):
            if isinstance(value, Refused):
                refusals.append(value)
                continue
            try:
                taken.append(self._plan(entry(value)))
            except RowRefused as reason:
                refusals.append(refused(number, reason, text(value)))
            if len(taken) + len(refusals) >= SIZE:
                yield _batch(taken, refusals)
                taken, refusals = [], []
        if taken or refusals:
            yield _batch(taken, refusals)

    def has(self, plan_id: str, tier: str) -> bool:
        return tier in self._tiers.get(plan_id, ())

    def _plan(self, told: Entry) -> tuple[PlanRecord, tuple[NetworkRecord, ...]]:
        plan_id, name = word(told, "plan_id").upper(), word(told, "marketing_name")
        issuer, state = parts_of(plan_id)
        if plan_id in self._tiers:
            raise RowRefused(
                _("The plan {plan_id} stands in the file already. The first one counts.").format(plan_id=plan_id)
            )
        tiers = [word(entry(each), "network_tier") for each in many(told, "network")]
        period = years(told)
        plan = PlanRecord(
            payer=issuer,
            code=plan_id.lower(),
            name=(name or plan_id)[:200],
            jurisdictions=(state,),
            networks=tuple((issuer, network_code(plan_id, tier), tier[:40]) for tier in dict.fromkeys(tiers)),
            starts_on=period[0] if period else self._clock.said_on(told),
            ends_on=period[1] if period else None,
            provenance=self._clock.told("plan", plan_id, told),
        )
        self._tiers[plan_id] = set(tiers)
        return plan, tuple(_network(plan, tier, code) for _issuer, code, tier in plan.networks)


def parts_of(plan_id: str) -> tuple[str, str]:
    """Return the payer's code and the state of a HIOS id.

    :raises RowRefused: it is none.
    """
    found = HIOS.fullmatch(plan_id)
    if found is None:
        raise RowRefused(_("“{plan_id}” is not a HIOS plan id of 14 characters.").format(plan_id=plan_id[:40]))
    if found[2] not in vocabulary.JURISDICTIONS:
        sentence = _("The plan {plan_id} is of “{state}”, which is no US state or territory.")
        raise RowRefused(sentence.format(plan_id=plan_id, state=found[2]))
    return f"hios-{found[1]}", found[2]


def network_code(plan_id: str, tier: str) -> str:
    return slugify(f"{plan_id}-{tier}")[:120]


def _network(plan: PlanRecord, tier: str, code: str) -> NetworkRecord:
    return NetworkRecord(plan.payer, code, f"{plan.name}, {tier}".strip(", ")[:160], plan.provenance)


def _batch(taken: list[tuple[PlanRecord, tuple[NetworkRecord, ...]]], refusals: list[Refused]) -> Batch:
    issuers = dict.fromkeys(plan.payer for plan, _networks in taken)
    return Batch(
        read=len(taken) + len(refusals),
        payers=tuple(PayerRecord(code, _("Issuer {id}").format(id=code.removeprefix("hios-"))) for code in issuers),
        networks=tuple(network for _plan, networks in taken for network in networks),
        plans=tuple(plan for plan, _networks in taken),
        refused=tuple(refusals),
    )
