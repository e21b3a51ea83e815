"""Plans: what is on the card, and the networks it pays for."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable
from datetime import date
from difflib import get_close_matches

from django.db import connection
from django.db.models import Q, QuerySet
from django.utils.translation import gettext as _

from nearer.directory.models import Plan
from nearer.directory.records import NetworkCard, PlanCard, PlanChoice

# Each booking and each answer asks it, and the statement alone takes a third of the model's time.
_PLAN = """
SELECT p.id, p.name, y.name,
       (SELECT json_agg(json_build_array(k.id, k.name, ky.name) ORDER BY ky.name, k.name, k.id)
          FROM directory_plannetwork n
          JOIN directory_network k ON k.id = n.network_id
          JOIN directory_payer ky ON ky.id = k.payer_id
         WHERE n.plan_id = p.id AND %(on)s BETWEEN k.verified_on AND k.expires_on)::text,
       p.jurisdictions, p.starts_on, p.ends_on, p.source, p.verified_on, p.expires_on
FROM directory_plan p JOIN directory_payer y ON y.id = p.payer_id
WHERE p.id = %(id)s AND p.starts_on <= %(on)s AND (p.ends_on IS NULL OR p.ends_on >= %(on)s)
  AND %(on)s BETWEEN p.verified_on AND p.expires_on
"""


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
    with connection.cursor() as cursor:
        cursor.execute(_PLAN, {"id": plan_id, "on": on})
        row = cursor.fetchone()
    if row is None:
        raise PlanUnknown(_("This plan isn’t in force on that day."))
    id_, name, payer, networks, jurisdictions, *dates = row
    cards = tuple(NetworkCard(*network) for network in json.loads(networks or "[]"))
    card: Callable[..., PlanCard] = PlanCard
    return card(id_, name, payer, cards, tuple(jurisdictions), *dates)


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
