"""The snapshot of what a client is told, made in the booking's transaction from facts that can't change meanwhile."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from zoneinfo import ZoneInfo

from nearer.care.rules.answers import Answers
from nearer.care.rules.told import Told
from nearer.directory import api as directory
from nearer.scheduling.api import AppointmentCard


def tell(card: AppointmentCard, answers: Answers, now: datetime, *, age_bands: Sequence[str] | None = None) -> Told:
    """Return what the client is told of this appointment.

    `age_bands` are those of the people who attend, where they are known better than they were asked for. Who has this
    time confirmed, or came before, is no new client: that the therapist takes none does not keep them out.

    :raises NotEligible: by now this therapist may not see them on that day.
    """
    zone = ZoneInfo(answers.zone)
    on = card.session.start.astimezone(zone).date()
    grounds = directory.check_can_see(
        therapist_id=card.therapist_id,
        service=card.service,
        modality=card.modality,
        jurisdictions=answers.jurisdictions(card.service),
        age_bands=age_bands or answers.ages(card.service),
        plan_id=answers.plan_id,
        on=on,
        known=not card.is_intake or card.status == "confirmed",
    )
    profile = directory.profiles([card.therapist_id], on)[card.therapist_id]
    plan = None if answers.plan_id is None else directory.plan(answers.plan_id, on)
    contract = grounds.contract
    place = next((each for each in profile.locations if each.id == card.location_id), None)
    return Told(
        told_on=now.astimezone(zone).date().isoformat(),
        npi=profile.npi,
        name=profile.name,
        credentials=profile.credentials,
        licences=tuple((each.jurisdiction, each.kind, each.verified_on.isoformat()) for each in grounds.licences),
        service=card.service,
        modality=card.modality,
        place=_address(place.name, place) if place else "",
        address=_address("", place) if place else "",
        payer=plan.payer if plan else "",
        plan=plan.name if plan else "",
        network=contract.network if contract else "",
        source=contract.source if contract else "",
        verified_on=contract.verified_on.isoformat() if contract else "",
        ends_on=contract.ends_on.isoformat() if contract and contract.ends_on else "",
        fee_cents=None if plan else _fee(card, grounds.service),
        is_further=not card.is_intake,
        unlisted=answers.unlisted,
    )


def _fee(card: AppointmentCard, service: directory.ServiceCard) -> int | None:
    return service.intake_fee_cents if card.is_intake else service.session_fee_cents


def _address(name: str, place: directory.LocationCard) -> str:
    parts = (name, place.street, f"{place.city}, {place.jurisdiction} {place.postal_code}")
    return ", ".join(part.strip() for part in parts if part.strip())
