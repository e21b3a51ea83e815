"""Which plans pay for which networks, as a practice knows it: the second sheet of a roster."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from django.utils.text import slugify
from django.utils.translation import gettext as _

from nearer.directory import vocabulary
from nearer.directory.records import Batch, NetworkRecord, PayerRecord, PlanRecord, Refused
from nearer.directory.sources import places, words
from nearer.directory.sources.faults import RowRefused, refused
from nearer.directory.sources.provenance import provenance
from nearer.directory.sources.roster import facts
from nearer.directory.sources.roster.cells import parts
from nearer.directory.sources.roster.facts import SOURCE
from nearer.directory.sources.table import Row


def batch(rows: Iterator[Row | Refused], today: date) -> Batch:
    """Return all payers, networks and plans of a sheet; a practice has some dozens."""
    payers: dict[str, PayerRecord] = {}
    networks: dict[tuple[str, str], NetworkRecord] = {}
    plans: dict[tuple[str, str], PlanRecord] = {}
    refusals: list[Refused] = []
    read = 0
    for row in rows:
        read += 1
        if isinstance(row, Refused):
            refusals.append(row)
            continue
        try:
            plan, paid = _plan(row, today)
            if plans.setdefault((plan.payer, plan.code), plan) != plan:
                raise RowRefused(_("The plan {name} stands in an earlier row.").format(name=plan.name))  # noqa: TRY301
        except RowRefused as reason:
            refusals.append(refused(row.line, reason, row.content, row.told))
            continue
        payers.setdefault(plan.payer, PayerRecord(plan.payer, row["payer"][:160]))
        for payer, network in paid:
            payers.setdefault(network.payer, PayerRecord(network.payer, payer[:160]))
            networks.setdefault((network.payer, network.code), network)
    return Batch(read, tuple(payers.values()), tuple(networks.values()), tuple(plans.values()), refused=tuple(refusals))


def _plan(row: Row, today: date) -> tuple[PlanRecord, list[tuple[str, NetworkRecord]]]:
    """Return a plan and the networks that it pays for, each with its payer's name.

    :raises RowRefused: something needed is missing, or the plan ends before it begins.
    """
    payer, name = row["payer"], row["plan"]
    if not (slugify(payer) and slugify(name)):
        raise RowRefused(_("A plan needs its payer and its name."))
    verified_on = facts.verified_on(row["verified_on"], today)
    starts_on = words.day(row["starts_on"], "starts_on") or verified_on.replace(month=1, day=1)
    ends_on = words.day(row["ends_on"], "ends_on")
    if ends_on is not None and ends_on < starts_on:
        raise RowRefused(_("The plan {name} ends before it begins.").format(name=name))
    states = tuple(_states(row["states"]))
    paid = [_network(part, payer, verified_on) for part in parts(row["networks"])]
    if not (states and paid):
        raise RowRefused(_("The plan {name} needs its states and the networks that it pays for.").format(name=name))
    code = slugify(name)[:120]
    plan = PlanRecord(
        payer=slugify(payer)[:80],
        code=code,
        name=name[:200],
        jurisdictions=states,
        networks=tuple(dict.fromkeys((network.payer, network.code, "") for _payer, network in paid)),
        starts_on=starts_on,
        ends_on=ends_on,
        provenance=provenance("plan", source=SOURCE, source_id=f"{slugify(payer)}/{code}", verified_on=verified_on),
    )
    return plan, paid


def _states(cell: str) -> Iterator[str]:
    if cell.casefold() == "all":
        yield from vocabulary.JURISDICTIONS
        return
    for part in parts(cell.replace(",", ";")):
        state = places.jurisdiction(part)
        if state is None:
            raise RowRefused(_("“{part}” in states is no US state or territory.").format(part=part[:40]))
        yield state


def _network(part: str, payer: str, verified_on: date) -> tuple[str, NetworkRecord]:
    """Return a network of the plan's own payer, or as payer/network that of another."""
    before, slash, after = part.partition("/")
    owner, name = (before.strip(), after.strip()) if slash else (payer, part)
    code = slugify(name)[:120]
    if not (slugify(owner) and code):
        raise RowRefused(_("“{part}” in networks is no network, or payer/network.").format(part=part[:80]))
    told = provenance("network", source=SOURCE, source_id=f"{slugify(owner)}/{code}", verified_on=verified_on)
    return owner, NetworkRecord(slugify(owner)[:80], code, name[:160], told)
