"""How one therapist's facts and free hours become what the pool holds. No database, no clock."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from types import MappingProxyType

from nearer.directory.api import Profile, ServiceCard, listed, reach, standing, vocabulary

#: How far ahead the pool sees: whole days, so that a row made yesterday is today's row moved by three bytes.
WINDOW_DAYS = 21
WINDOW_HOURS = WINDOW_DAYS * 24
BYTES_A_DAY = 3

#: A contract is packed with its jurisdiction into one number: `network id * PLACES + jurisdiction bit`.
PLACES = 64

_BITS: Mapping[str, Mapping[str, int]] = MappingProxyType(
    {
        kind: {code: 1 << place for place, code in enumerate(codes)}
        for kind, codes in {
            "jurisdiction": vocabulary.JURISDICTIONS,
            "age": vocabulary.AGE_BANDS,
            **vocabulary.TRAITS,
        }.items()
    }
)
_PLACE: Mapping[str, int] = MappingProxyType({code: place for place, code in enumerate(vocabulary.JURISDICTIONS)})


@dataclass(frozen=True, slots=True)
class Made:
    """One candidate as it should be stored; the fields are those of `models.Candidate`."""

    therapist_id: int
    service: str
    listed: bool
    telehealth_in: int
    in_person_in: int
    jurisdictions: tuple[str, ...]
    contracts: tuple[int, ...]
    pays_self: bool
    ages: int
    languages: int
    concerns: int
    approaches: int
    styles: int
    identities: int
    openings: bytes
    openings_from: datetime


def mask(kind: str, codes: Iterable[str]) -> int:
    """Return the codes as bits, each at its place in the vocabulary of this kind.

    :raises KeyError: the vocabulary has no such code.
    """
    bits = _BITS[kind]
    together = 0
    for code in codes:
        together |= bits[code]
    return together


def contract_key(network_id: int, jurisdiction: str) -> int:
    """Return the number under which the pool knows a contract."""
    return network_id * PLACES + _PLACE[jurisdiction]


def window_from(now: datetime) -> datetime:
    """Return the UTC midnight at which the pool's window starts."""
    return datetime.combine(now.astimezone(UTC).date(), time.min, UTC)


def half_day(now: datetime) -> datetime:
    """Return when the half of the UTC day began that `now` lies in: how long a projection is good without a change.

    At its midnight the window and the facts' day move on; by its noon the new day has begun everywhere in the
    United States but Guam and the Northern Marianas, where it began before, so that pauses which end that day have.
    """
    return window_from(now) + timedelta(hours=12 * (now.astimezone(UTC).hour // 12))


def intake_lengths(profile: Profile) -> frozenset[timedelta]:
    """Return how long the first sessions of this therapist's services last."""
    return frozenset(intake_length(service) for service in profile.services)


def intake_length(service: ServiceCard) -> timedelta:
    return timedelta(minutes=service.intake_minutes)


def candidates(profile: Profile, bits: Mapping[timedelta, bytes], *, window: datetime) -> tuple[Made, ...]:
    """Return what the pool is to hold of one therapist, a row for each service.

    :param bits: for each length of a first session, the hours from `window` on in which one could start.
    :param window: the UTC midnight of the day on which facts must stand.
    """
    on = window.date()
    stands = standing(profile, on)
    traits = {kind: mask(kind, _known(kind, stands.codes(kind))) for kind in vocabulary.TRAITS}
    contracts = _contracts(stands)
    is_listed = listed(profile, on) is None
    rows = []
    for service in stands.services:
        ways = [reach(stands, service.kind, modality, on) for modality in ("telehealth", "in_person")]
        openings = bits.get(intake_length(service), b"")
        rows.append(
            Made(
                therapist_id=profile.id,
                service=service.kind,
                listed=is_listed and any(ways) and any(openings),
                telehealth_in=mask("jurisdiction", ways[0]),
                in_person_in=mask("jurisdiction", ways[1]),
                jurisdictions=tuple(sorted(ways[0] | ways[1])),
                contracts=contracts,
                pays_self=True,
                ages=mask("age", service.ages),
                languages=traits["language"],
                concerns=traits["concern"],
                approaches=traits["approach"],
                styles=traits["style"],
                identities=traits["identity"],
                openings=openings.ljust(WINDOW_DAYS * BYTES_A_DAY, b"\0"),
                openings_from=window,
            )
        )
    return tuple(rows)


def _contracts(stands: Profile) -> tuple[int, ...]:
    return tuple(sorted({contract_key(fact.network_id, fact.jurisdiction) for fact in stands.contracts}))


def _known(kind: str, codes: Iterable[str]) -> list[str]:
    """Return the codes that the vocabulary has; a trait that it lacks can't be asked for either."""
    return [code for code in codes if code in _BITS[kind]]
