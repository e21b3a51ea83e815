"""Plans: what is on the card, and the networks it pays for."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from datetime import date
from difflib import get_close_matches
from typing import Any, cast

from django.contrib.postgres.expressions import ArraySubquery
from django.db.models import F, OuterRef, Q, QuerySet
from django.db.models.functions import JSONObject
from django.utils.translation import gettext as _

from nearer.directory.models import Plan, PlanNetwork
from nearer.directory.records import NetworkCard, PlanCard, PlanChoice


class PlanUnknown(Exception):
    """No such plan is in force; says so in one sentence."""


def plans_in(jurisdiction: str, on: date) -> tuple[PlanChoice, ...]:
    """Return the plans in force in a jurisdiction that day, by payer and name."""
    plans = _in_force(on).filter(jurisdictions__contains=[jurisdiction]).order_by("payer__name", "name", "id")
    return tuple(PlanChoice(*row) for row in plans.values_list("id", "name", "payer__name"))


def plan(plan_id: int, on: date) -> PlanCard:
    """Return one plan with the networks that it pays for that day.

    :raises PlanUnknown: there is no such plan, or it is not in force that day.
    """
    row = _with_networks(_in_force(on).filter(id=plan_id), on).first()
    if row is None:
        raise PlanUnknown(_("This plan isn’t in force on that day."))
    return PlanCard(
        id=row["id"],
        name=row["name"],
        payer=row["payer_name"],
        networks=tuple(NetworkCard(**network) for network in row["paid"]),
        jurisdictions=tuple(row["jurisdictions"]),
        starts_on=row["starts_on"],
        ends_on=row["ends_on"],
        source=row["source"],
        verified_on=row["verified_on"],
        expires_on=row["expires_on"],
    )


def find_plan(text: str, jurisdiction: str, on: date) -> PlanCard:
    """Return the plan in force in a jurisdiction that someone means by a text, forgiving case, spaces and shortness.

    Tried in turn: the name itself, payer and name, the only one that begins so, the only one that contains it.

    :raises PlanUnknown: none or several are meant; names the nearest.
    """
    choices = plans_in(jurisdiction, on)
    wanted = _folded(text)
    for test in _MEANINGS:
        meant = [choice for choice in choices if wanted and test(wanted, choice)]
        if len(meant) == 1:
            return plan(meant[0].id, on)
        if meant:
            raise PlanUnknown(_("Several plans are called that; did you mean %s?") % _listed(meant))
    near = _nearest(wanted, choices)
    if near:
        raise PlanUnknown(_("No plan is called that; did you mean %s?") % _listed(near))
    raise PlanUnknown(_("No plan is called that in this state."))


def _full(choice: PlanChoice) -> str:
    return _folded(f"{choice.payer} {choice.name}")


def _folded(text: str) -> str:
    return " ".join(text.split()).casefold()


_MEANINGS: tuple[Callable[[str, PlanChoice], bool], ...] = (
    lambda wanted, choice: wanted == _full(choice),
    lambda wanted, choice: wanted == _folded(choice.name),
    lambda wanted, choice: _folded(choice.name).startswith(wanted) or _full(choice).startswith(wanted),
    lambda wanted, choice: wanted in _full(choice),
)


def _nearest(wanted: str, choices: Iterable[PlanChoice]) -> list[PlanChoice]:
    by_name = {_full(choice): choice for choice in choices} | {_folded(choice.name): choice for choice in choices}
    near = [by_name[name] for name in get_close_matches(wanted, by_name, n=6, cutoff=0.5)]
    return list(dict.fromkeys(near))[:3]


def _listed(choices: list[PlanChoice]) -> str:
    return ", ".join(f"“{choice.payer} {choice.name}”" for choice in choices[:3])


def _in_force(on: date) -> QuerySet[Plan]:
    running = Q(starts_on__lte=on) & (Q(ends_on__isnull=True) | Q(ends_on__gte=on))
    return Plan.objects.filter(running, verified_on__lte=on, expires_on__gte=on)


def _with_networks(plans: QuerySet[Plan], on: date) -> QuerySet[Plan, dict[str, Any]]:
    paid = PlanNetwork.objects.filter(
        plan=OuterRef("pk"), network__verified_on__lte=on, network__expires_on__gte=on
    ).order_by("network__payer__name", "network__name", "network_id")
    network = JSONObject(id="network_id", name="network__name", payer="network__payer__name")
    told = plans.annotate(payer_name=F("payer__name"), paid=ArraySubquery(paid.values(json=network))).values()
    return cast(QuerySet[Plan, dict[str, Any]], told)
