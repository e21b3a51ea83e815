"""The check inside a booking: may this therapist see these clients that day?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from django.db import connection, transaction

from nearer.directory import policies, queries, rules
from nearer.directory.records import Grounds


@transaction.atomic
def check_can_see(  # noqa: PLR0913 - a question of eight parts, each named
    *,
    therapist_id: int,
    service: str,
    modality: str,
    jurisdictions: Sequence[str],
    age_bands: Sequence[str],
    plan_id: int | None,
    on: date,
    known: bool = False,
) -> Grounds:
    """Return by which facts a therapist may see these clients on the day of the session.

    Inside a booking's transaction the answer stays true until it commits: the therapist's row is
    locked for share, and no fact about them can change without raising the version in that row.

    :param jurisdictions: where each client will be, the one whose plan is used first.
    :param plan_id: None: the client pays themselves.
    :param known: they come already, and are no new clients.
    :raises NotEligible: says why not.
    """
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1 FROM directory_therapist WHERE id = %s FOR SHARE", [therapist_id])
    profile = queries.profiles([therapist_id], on).get(therapist_id)
    if profile is None:
        raise policies.NotEligible(policies.sentence(rules.Hindrance("removed")))
    answer = rules.can_see(
        profile,
        service=service,
        modality=modality,
        jurisdictions=jurisdictions,
        age_bands=age_bands,
        networks=_networks(plan_id, on),
        on=on,
        known=known,
    )
    return policies.granted(answer)


def _networks(plan_id: int | None, on: date) -> frozenset[int] | None:
    if plan_id is None:
        return None
    try:
        plan = queries.plan(plan_id, on)
    except queries.PlanUnknown as error:
        raise policies.NotEligible(str(error)) from error
    return frozenset(network.id for network in plan.networks)
