"""The last look before an answer leaves: facts and free times from the database, each for its own day."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from functools import cached_property
from zoneinfo import ZoneInfo

from nearer.directory.api import Grounds, Hindrance, PlanCard, Profile, can_see, profiles, sentence
from nearer.foundation.timerange import TimeRange
from nearer.matching.engine.times import NO_DAY, wanted
from nearer.matching.projection import intake_length, window_from
from nearer.matching.queries.asking import HORIZON_DAYS, LEAD_DAYS, local_day, networks_of, request_of, utc_day, window
from nearer.matching.queries.reasons import Way, is_left_out, missing_must, reasons_for, unmet_by
from nearer.matching.records.answer import Match, NotMatched
from nearer.matching.records.ask import Ask
from nearer.scheduling.api import openings

Times = tuple[TimeRange, ...]


@dataclass(frozen=True)
class Look:
    """One ask, its plan and the moment of asking: all that a check needs besides facts and times."""

    ask: Ask
    plan: PlanCard | None
    now: datetime

    @property
    def today(self) -> date:
        return utc_day(self.now)

    @cached_property
    def networks(self) -> frozenset[int] | None:
        return networks_of(self.plan)

    @cached_property
    def modalities(self) -> tuple[str, ...]:
        """The ways that will do, the preferred one first."""
        return self.ask.modalities

    @cached_property
    def _days(self) -> bytes:
        return wanted(request_of(self.ask, self.networks), self._start, self.now).key

    @cached_property
    def _start(self) -> datetime:
        return window_from(self.now)

    @cached_property
    def _local_day(self) -> date:
        return local_day(self.ask, self.now)

    @cached_property
    def _midnights(self) -> list[datetime]:
        """The UTC instants at which the client's days after today begin, as far as an answer looks."""
        days = range(1, HORIZON_DAYS + 1)
        return [datetime.combine(self.date_of(day), time(), ZoneInfo(self.ask.zone)).astimezone(UTC) for day in days]

    @cached_property
    def last_day(self) -> int:
        """The last day, counted from the client's today, that the plan is sure to run; never NO_DAY."""
        until = date.max if self.plan is None else min(self.plan.ends_on or date.max, self.plan.expires_on)
        return min((until - self._local_day).days, NO_DAY - 1)

    def day(self, opening: TimeRange) -> int:
        """Return the client's day on which a session starts, counted from today; NO_DAY if the time does not suit.

        Whether it suits goes by the UTC hour, as the engine counts. The day is the opening's own: where an offset
        is no whole hour, a day begins within one. Quickly, as hundreds of openings are sorted out for each answer.
        """
        ahead = opening.start - self._start
        hour = ahead.days * 24 + ahead.seconds // 3600
        suits = 0 <= hour < len(self._days) and self._days[hour] != NO_DAY
        return bisect_right(self._midnights, opening.start) if suits else NO_DAY

    def date_of(self, day: int) -> date:
        return self._local_day + timedelta(days=day)

    def grounds(self, profile: Profile, modality: str, on: date) -> Grounds | Hindrance:
        """Return by which facts this therapist may see these clients that day, or what forbids it."""
        return can_see(
            profile,
            service=self.ask.service,
            modality=modality,
            jurisdictions=self.ask.jurisdictions,
            age_bands=self.ask.age_bands,
            networks=self.networks,
            on=on,
        )


def checked(look: Look, therapist_ids: Sequence[int]) -> list[Match]:
    """Return those of these therapists who can be held now, in the order given. Two queries, whatever the number."""
    if not therapist_ids:
        return []
    found = profiles(therapist_ids, look.today)
    free = free_times(look, found)
    verdicts = (verdict(look, found[each], free.get(each, ())) for each in therapist_ids if each in found)
    return [match for match in verdicts if isinstance(match, Match)]


def free_times(look: Look, found: Mapping[int, Profile]) -> Mapping[int, Times]:
    """Return the exact free times of the service that is asked for, for those who offer it."""
    asks = {
        profile.id: intake_length(service)
        for profile in found.values()
        if (service := profile.service(look.ask.service)) is not None
    }
    return openings(asks, window=window(look.ask, look.now), client_zone=look.ask.zone, now=look.now) if asks else {}


def verdict(look: Look, profile: Profile, free: Times) -> Match | NotMatched:
    """Return the match, or the first thing that stands against it."""
    ask, service = look.ask, profile.service(look.ask.service)
    ways = _ways(look, profile, free)
    if service is None or not ways or is_left_out(ask, profile) or missing_must(ask, profile):
        return _why_not(look, profile, free)
    return Match(
        profile=profile,
        service=service,
        modality=ways[0].modality,
        modalities=tuple(way.modality for way in ways),
        openings=ways[0].times,
        reasons=reasons_for(ask, profile, ways[0], look.now),
        unmet=unmet_by(ask, profile),
    )


def _why_not(look: Look, profile: Profile, free: Times) -> NotMatched:
    ask, hindrance = look.ask, _hindrance(look, profile)
    if is_left_out(ask, profile):
        return NotMatched(profile, "excluded")
    if hindrance is not None:
        return NotMatched(profile, "facts", detail=sentence(hindrance))
    must = missing_must(ask, profile)
    if must is not None:
        return NotMatched(profile, must.kind, must.codes)
    return (
        NotMatched(profile, "times", tuple(sorted(ask.times)))
        if free and ask.times
        else NotMatched(profile, "openings")
    )


def _hindrance(look: Look, profile: Profile) -> Hindrance | None:
    """Return what forbids every way of seeing them on the first day that can be booked, if something does."""
    answers = [look.grounds(profile, way, look.date_of(LEAD_DAYS)) for way in look.modalities]
    hindrances = [answer for answer in answers if isinstance(answer, Hindrance)]
    return hindrances[0] if len(hindrances) == len(answers) else None


def _ways(look: Look, profile: Profile, free: Times) -> list[Way]:
    """Return the ways in which this therapist may see these clients at a time that suits, the preferred one first."""
    days = [look.day(opening) for opening in free]
    suiting = [(day, opening) for day, opening in zip(days, free, strict=True) if day <= look.last_day]
    ways = (_way(look, profile, modality, suiting) for modality in look.modalities)
    return [way for way in ways if way is not None]


def _way(look: Look, profile: Profile, modality: str, times: Sequence[tuple[int, TimeRange]]) -> Way | None:
    """Return the times on whose own day this therapist may see these clients in this way, and by which facts.

    A fact holds from one day to another without a gap, so if first and last day rest on the same facts,
    those between do too.
    """
    if not times:
        return None
    first, last = (look.grounds(profile, modality, look.date_of(day)) for day, _ in (times[0], times[-1]))
    if isinstance(first, Grounds) and first == last:
        return Way(modality, first, tuple(opening for _, opening in times))
    by_day = {day: look.grounds(profile, modality, look.date_of(day)) for day in dict.fromkeys(day for day, _ in times)}
    grounds = next((found for found in by_day.values() if isinstance(found, Grounds)), None)
    left = tuple(opening for day, opening in times if isinstance(by_day[day], Grounds))
    return None if grounds is None else Way(modality, grounds, left)
