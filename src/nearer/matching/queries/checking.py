"""The last look before an answer leaves: facts and free times from the database, each for its own day."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from functools import cached_property
from zoneinfo import ZoneInfo

from nearer.directory.api import Grounds, Hindrance, PlanCard, Profile, can_see, profiles, sentence, vocabulary
from nearer.foundation.timerange import TimeRange
from nearer.matching.engine.times import HOUR, NO_DAY, wanted
from nearer.matching.projection import intake_length, window_from
from nearer.matching.queries.asking import networks_of, request_of, today, window
from nearer.matching.queries.reasons import Way, missing_must, reasons_for, unmet_by
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

    @cached_property
    def today(self) -> date:
        return today(self.ask, self.now)

    @cached_property
    def zone(self) -> ZoneInfo:
        return ZoneInfo(self.ask.zone)

    @cached_property
    def networks(self) -> frozenset[int] | None:
        return networks_of(self.plan)

    @cached_property
    def modalities(self) -> tuple[str, ...]:
        """The ways that will do, the preferred one first."""
        return tuple(vocabulary.MODALITIES) if self.ask.modality is None else (self.ask.modality,)

    @cached_property
    def _days(self) -> bytes:
        return wanted(request_of(self.ask, self.networks), window_from(self.now), self.now).key

    def suits(self, opening: TimeRange) -> bool:
        """Say whether a session starts in a part of the week that was asked for, while the plan runs."""
        hour = (opening.start - window_from(self.now)) // HOUR
        return 0 <= hour < len(self._days) and self._days[hour] != NO_DAY and self._covers(self.day(opening))

    def day(self, opening: TimeRange) -> date:
        """Return the client's calendar day on which a session starts."""
        return opening.start.astimezone(self.zone).date()

    def _covers(self, on: date) -> bool:
        return self.plan is None or on <= min(self.plan.ends_on or date.max, self.plan.expires_on)

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
    """Return those of these therapists who can be held now, in the order given. Three queries, whatever the number."""
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
    if profile.id in ask.excluded:
        return NotMatched(profile, "excluded")
    hindrance = _hindrance(look, profile, free)
    if hindrance is not None or service is None:
        return NotMatched(profile, "facts", detail=sentence(hindrance or Hindrance("no_service", ask.service)))
    must = missing_must(ask, profile)
    if must is not None:
        return NotMatched(profile, must.kind, must.codes)
    if not free:
        return NotMatched(profile, "openings")
    suiting = tuple(opening for opening in free if look.suits(opening))
    ways = [way for modality in look.modalities if (way := _way(look, profile, modality, suiting)) is not None]
    if not ways:
        return NotMatched(profile, "times" if ask.times else "openings", tuple(sorted(ask.times)))
    return Match(
        profile=profile,
        service=service,
        modality=ways[0].modality,
        modalities=tuple(way.modality for way in ways),
        openings=ways[0].times,
        reasons=reasons_for(ask, profile, ways[0], look.now),
        unmet=unmet_by(ask, profile),
    )


def _hindrance(look: Look, profile: Profile, free: Times) -> Hindrance | None:
    """Return what forbids every way of seeing them on the day of the first free time, if something does."""
    on = look.day(free[0]) if free else look.today
    answers = [look.grounds(profile, way, on) for way in look.modalities]
    hindrances = [answer for answer in answers if isinstance(answer, Hindrance)]
    return hindrances[0] if len(hindrances) == len(answers) else None


def _way(look: Look, profile: Profile, modality: str, times: Times) -> Way | None:
    """Return the times on whose own day this therapist may see these clients in this way, and by which facts.

    A fact holds from one day to another without a gap, so if first and last day rest on the same facts,
    those between do too.
    """
    if not times:
        return None
    first, last = (look.grounds(profile, modality, look.day(end)) for end in (times[0], times[-1]))
    if isinstance(first, Grounds) and first == last:
        return Way(modality, first, times)
    by_day = {day: look.grounds(profile, modality, day) for day in {look.day(time) for time in times}}
    left = tuple(time for time in times if isinstance(by_day[look.day(time)], Grounds))
    grounds = by_day[look.day(left[0])] if left else None
    return Way(modality, grounds, left) if isinstance(grounds, Grounds) else None
