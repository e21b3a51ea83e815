"""Therapists with all their facts, any number of them in one query.

Each kind of fact comes back as one JSON array of arrays, aggregated by the database next to its
therapist: no join multiplies rows, and 24 therapists cost what one does. Plain SQL rather than
the ORM's JSON functions, because objects with names are three times the bytes to read.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from datetime import date
from functools import lru_cache
from typing import Any, TypeVar

from django.db import connection
from django.utils.translation import gettext as _

from nearer.directory import rules
from nearer.directory.models import Therapist
from nearer.directory.records import ContractCard, LicenceCard, LocationCard, Profile, ServiceCard, TraitCard

_Card = TypeVar("_Card")


class TherapistUnknown(Exception):
    """No such therapist is listed; says so in one sentence."""


_SQL = """
SELECT t.id, t.npi, t.given_name, t.family_name, t.credentials, t.pronouns, t.about, t.time_zone, t.accepting,
       t.couples_training, t.is_demonstration, t.version, t.source, t.verified_on, t.expires_on, t.removed_on,
  (SELECT json_agg(json_build_array(f.jurisdiction, f.kind, f.number, f.status, f.source,
                                    f.verified_on, f.expires_on) ORDER BY f.jurisdiction, f.kind, f.number)
     FROM directory_licence f WHERE f.therapist_id = t.id)::text,
  (SELECT json_agg(json_build_array(f.kind, f.intake_minutes, f.session_minutes, f.ages, f.telehealth, f.in_person,
                                    f.intake_fee_cents, f.session_fee_cents,
                                    f.verified_on, f.expires_on) ORDER BY f.kind)
     FROM directory_service f WHERE f.therapist_id = t.id)::text,
  (SELECT json_agg(json_build_array(f.id, f.name, f.street, f.city, f.jurisdiction, f.postal_code, f.phone,
                                    f.verified_on, f.expires_on) ORDER BY f.id)
     FROM directory_location f WHERE f.therapist_id = t.id)::text,
  (SELECT json_agg(json_build_array(f.network_id, n.name, p.name, f.jurisdiction, f.starts_on, f.ends_on, f.source,
                                    f.verified_on, f.expires_on) ORDER BY f.network_id, f.jurisdiction, f.starts_on)
     FROM directory_contract f
     JOIN directory_network n ON n.id = f.network_id
     JOIN directory_payer p ON p.id = n.payer_id
    WHERE f.therapist_id = t.id)::text,
  (SELECT json_agg(json_build_array(f.kind, f.code, f.verified_on, f.expires_on) ORDER BY f.kind, f.code)
     FROM directory_trait f WHERE f.therapist_id = t.id)::text
FROM directory_therapist t
"""


def profiles(therapist_ids: Collection[int], on: date) -> dict[int, Profile]:
    """Return the profiles of these therapists with the facts that stand on that day; unknown ids are left out.

    Someone removed, or no longer checked, still has a profile: `rules.listed` tells.
    """
    return {profile.id: profile for profile in _read("WHERE t.id = ANY(%s)", list(therapist_ids), on)}


def whole_profiles(therapist_ids: Collection[int]) -> dict[int, Profile]:
    """Return these therapists with every fact that is held of them, whether it stands or not."""
    return {profile.id: profile for profile in _whole("WHERE t.id = ANY(%s)", list(therapist_ids))}


def profile_of(npi: str, on: date) -> Profile:
    """Return the profile of one therapist with the facts that stand on that day.

    :raises TherapistUnknown: nobody has this NPI, or they were removed by that day.
    """
    profile = next(_read("WHERE t.npi = %s", npi, on), None)
    if profile is None or (profile.removed_on is not None and profile.removed_on <= on):
        raise TherapistUnknown(_("No therapist with this number is listed."))
    return profile


def therapist_ids(npis: Collection[str]) -> dict[str, int]:
    """Return the id of each therapist by NPI; unknown NPIs are left out."""
    return dict(Therapist.objects.filter(npi__in=npis).values_list("npi", "id"))


def versions(therapist_ids: Collection[int] | None = None) -> dict[int, int]:
    """Return the version of each therapist (None: of all). Compare for equality alone: it is no order of commits."""
    therapists = Therapist.objects.all()
    if therapist_ids is not None:
        therapists = therapists.filter(id__in=therapist_ids)
    return dict(therapists.values_list("id", "version"))


def _read(where: str, value: str | list[int], on: date) -> Iterator[Profile]:
    return (rules.standing(profile, on) for profile in _whole(where, value))


def _whole(where: str, value: str | list[int]) -> Iterator[Profile]:
    with connection.cursor() as cursor:
        cursor.execute(_SQL + where, [value])
        rows = cursor.fetchall()
    return (_profile(row) for row in rows)


def _profile(row: Sequence[Any]) -> Profile:
    licences, services, locations, contracts, traits = (json.loads(text) if text else () for text in row[16:])
    profile: Callable[..., Profile] = Profile
    return profile(
        *row[:16],
        licences=_cards(LicenceCard, licences),
        services=_cards(_service, services),
        locations=_cards(LocationCard, locations),
        contracts=_cards(_contract, contracts),
        traits=_cards(TraitCard, traits),
    )


def _cards(card: Callable[..., _Card], facts: Iterable[Sequence[Any]]) -> tuple[_Card, ...]:
    return tuple(card(*said, _day(verified), _day(expires)) for *said, verified, expires in facts)


def _service(kind: str, intake: int, session: int, ages: list[str], *said: Any) -> ServiceCard:
    return ServiceCard(kind, intake, session, tuple(ages), *said)


def _contract(network_id: int, network: str, payer: str, *said: Any) -> ContractCard:
    jurisdiction, starts_on, ends_on, *provenance = said
    days = (_day(starts_on), ends_on and _day(ends_on))
    card: Callable[..., ContractCard] = ContractCard
    return card(network_id, network, payer, jurisdiction, *days, *provenance)


@lru_cache(maxsize=4096)
def _day(text: str) -> date:
    """Facts of one source share a few dates, so each is read once."""
    return date.fromisoformat(text)
