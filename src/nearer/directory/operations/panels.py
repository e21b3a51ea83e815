"""Taking in payers, their networks, and the plans that pay for them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from typing import Any

from django.db import DataError, IntegrityError, transaction

from nearer.directory import policies
from nearer.directory.models import Network, Payer, Plan, PlanNetwork
from nearer.directory.operations.outcome import Outcome
from nearer.directory.records import Batch, NetworkRecord, PayerRecord, PlanRecord, Provenance, Refused

NetworkIds = Mapping[tuple[str, str], int]


def network_ids() -> NetworkIds:
    """Return the id of every network by its payer's code and its own."""
    rows = Network.objects.values_list("payer__code", "code", "id")
    return {(payer, code): id_ for payer, code, id_ in rows}


def put_panels(batch: Batch) -> Outcome:
    """Bring payers, networks and plans to what a batch says; of them, plans alone count as rows of the source."""
    outcome = Outcome()
    _put_payers(batch.payers, outcome)
    payers = dict(Payer.objects.values_list("code", "id"))
    _put_networks(batch.networks, payers, outcome)
    _put_plans(batch.plans, payers, outcome)
    return outcome


def _put_payers(payers: tuple[PayerRecord, ...], outcome: Outcome) -> None:
    known = {row.code: row for row in Payer.objects.all()} if payers else {}
    for payer in payers:
        row = known.setdefault(payer.code, Payer(code=payer.code))
        if row.name != payer.name:
            row.name = payer.name
            _attempt(row, payer, outcome)


def _put_networks(networks: tuple[NetworkRecord, ...], payers: Mapping[str, int], outcome: Outcome) -> None:
    held = Network.objects.filter(payer__code__in={network.payer for network in networks} & payers.keys())
    known = {(row.payer_id, row.code): row for row in held} if networks else {}
    for network in networks:
        try:
            policies.check_network(network, payers)
        except policies.RecordRefused as refusal:
            outcome.refused.append(_refused(network, str(refusal)))
            continue
        key = (payers[network.payer], network.code)
        row = known.setdefault(key, Network(payer_id=key[0], code=key[1]))
        if _bring(row, network.provenance, name=network.name):
            _attempt(row, network, outcome)


def _put_plans(plans: tuple[PlanRecord, ...], payers: Mapping[str, int], outcome: Outcome) -> None:
    if not plans:
        return
    networks = network_ids()
    held = Plan.objects.filter(payer__code__in={plan.payer for plan in plans} & payers.keys())
    known = {(row.payer_id, row.code): row for row in held}
    paid = _paid(held)
    for plan in plans:
        try:
            policies.check_plan(plan, payers, networks)
        except policies.RecordRefused as refusal:
            outcome.refused.append(_refused(plan, str(refusal)))
            continue
        key = (payers[plan.payer], plan.code)
        row = known.setdefault(key, Plan(payer_id=key[0], code=key[1]))
        pays_for = {networks[payer, code]: tier for payer, code, tier in plan.networks}
        _put_plan(row, plan, held=paid[key], said=pays_for, outcome=outcome)


def _paid(plans: Iterable[Plan]) -> dict[tuple[int, str], dict[int, str]]:
    """Return the networks that each plan pays for, with their tiers, by the plan's payer and code."""
    paid: dict[tuple[int, str], dict[int, str]] = defaultdict(dict)
    rows = PlanNetwork.objects.filter(plan__in=[plan.pk for plan in plans])
    for payer_id, code, network_id, tier in rows.values_list("plan__payer_id", "plan__code", "network_id", "tier"):
        paid[payer_id, code][network_id] = tier
    return paid


def _put_plan(row: Plan, plan: PlanRecord, *, held: dict[int, str], said: dict[int, str], outcome: Outcome) -> None:
    added = row.pk is None
    changed = _bring(
        row,
        plan.provenance,
        name=plan.name,
        jurisdictions=list(plan.jurisdictions),
        starts_on=plan.starts_on,
        ends_on=plan.ends_on,
    )
    if changed and not _attempt(row, plan, outcome):
        return
    if row.source == plan.provenance.source and held != said:
        _pay_for(row, held, said)
        changed = True
    outcome.count(added=added, changed=changed)


def _pay_for(plan: Plan, held: dict[int, str], said: dict[int, str]) -> None:
    """Let a plan pay for these networks and no others."""
    if held:
        PlanNetwork.objects.filter(plan=plan).delete()
    PlanNetwork.objects.bulk_create(PlanNetwork(plan=plan, network_id=id_, tier=tier) for id_, tier in said.items())
    held.clear()
    held.update(said)


def _bring(row: Network | Plan, provenance: Provenance, **said: Any) -> bool:
    """Set what a source says, if it is believed; return whether there is anything to write."""
    added = row.pk is None
    if not added and row.source != provenance.source and row.verified_on >= provenance.verified_on:
        return False
    for name in ("source", "source_id", "verified_on", "expires_on"):
        said[name] = getattr(provenance, name)
    changed = added or any(getattr(row, name) != value for name, value in said.items())
    for name, value in said.items():
        setattr(row, name, value)
    return changed


def _attempt(row: Payer | Network | Plan, record: PayerRecord | NetworkRecord | PlanRecord, outcome: Outcome) -> bool:
    """Write a row, or put its record aside if the database will not have it."""
    try:
        with transaction.atomic():
            row.save()
    except (DataError, IntegrityError, UnicodeError, ValueError) as error:
        outcome.refused.append(_refused(record, policies.storage_fault(error)))
        return False
    return True


def _refused(record: PayerRecord | NetworkRecord | PlanRecord, reason: str) -> Refused:
    """Return the record as a refused row: a plan or network tells no line, so it is line 0."""
    return Refused(0, reason, f"{record.code} {record.name}")
