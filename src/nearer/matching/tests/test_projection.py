"""The projection says what directory and scheduling say, and notices when they say something else."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from nearer.directory.models import Contract, Licence, Service, Therapist, Trait
from nearer.directory.tests.builders import a_licence, a_therapist
from nearer.foundation.timerange import TimeRange
from nearer.matching.api import project, project_stale
from nearer.matching.models import Candidate
from nearer.matching.projection import WINDOW_HOURS, contract_key, half_day, mask, window_from
from nearer.matching.queries.versions import stale
from nearer.matching.tests.builders import NOW, a_diary, a_network_and_plan, projected, someone_free
from nearer.scheduling import api as scheduling
from nearer.scheduling.models import Diary, Hours, HoursException

pytestmark = pytest.mark.django_db
HOUR = timedelta(hours=1)


def hours_of(candidate: Candidate) -> set[int]:
    bits = int.from_bytes(candidate.openings, "little")
    return {hour for hour in range(WINDOW_HOURS) if bits >> hour & 1}


def test_a_candidates_hours_are_those_in_which_scheduling_has_openings() -> None:
    therapist = someone_free(services=("individual", "couples"))
    Service.objects.filter(therapist=therapist, kind="couples").update(intake_minutes=90)
    projected()
    start = window_from(NOW)
    # From two days on: before that, who may book depends on where the client's tomorrow begins.
    window = TimeRange(start + 48 * HOUR, start + WINDOW_HOURS * HOUR)
    for candidate in Candidate.objects.all():
        length = timedelta(minutes=90 if candidate.service == "couples" else 60)
        free = scheduling.openings({therapist.pk: length}, window=window, client_zone="UTC", now=NOW)[therapist.pk]
        expected = {(opening.start - start) // HOUR for opening in free}
        assert expected
        assert {hour for hour in hours_of(candidate) if hour >= 48} == expected


def test_a_candidate_holds_the_facts_as_masks() -> None:
    network, _ = a_network_and_plan()
    someone_free(
        licensed_in=("MA", "NY"),
        places_in=("NY",),
        networks=[network],
        traits={"language": ["en", "es"], "concern": ["closeness"]},
    )
    projected()
    candidate = Candidate.objects.get()
    assert candidate.listed
    assert candidate.telehealth_in == mask("jurisdiction", ["MA", "NY"])
    assert candidate.in_person_in == mask("jurisdiction", ["NY"])
    assert candidate.jurisdictions == ["MA", "NY"]
    assert candidate.contracts == sorted(contract_key(network.pk, place) for place in ("MA", "NY"))
    assert candidate.languages == mask("language", ["en", "es"])
    assert candidate.concerns == mask("concern", ["closeness"])
    assert candidate.ages == mask("age", ["adult", "older"])


def _hold(therapist: Therapist) -> None:
    window = TimeRange(NOW + timedelta(days=2), NOW + timedelta(days=4))
    length = timedelta(minutes=60)
    free = scheduling.openings({therapist.pk: length}, window=window, client_zone="UTC", now=NOW)[therapist.pk]
    scheduling.hold(
        therapist_id=therapist.pk,
        service="individual",
        modality="telehealth",
        location_id=None,
        start=free[0].start,
        length=length,
        client_zone="UTC",
        key="a-key",
        now=NOW,
    )


CHANGES: dict[str, Callable[[Therapist], object]] = {
    "a licence is suspended": lambda who: Licence.objects.filter(therapist=who).update(status="suspended"),
    "a licence expires earlier": lambda who: Licence.objects.filter(therapist=who).update(
        expires_on=date(2026, 11, 22)
    ),
    "a licence is added": lambda who: a_licence(who, jurisdiction="NY"),
    "a contract ends": lambda who: Contract.objects.filter(therapist=who).update(ends_on=date(2026, 11, 22)),
    "a trait is withdrawn": lambda who: Trait.objects.filter(therapist=who).delete(),
    "a service is withdrawn": lambda who: Service.objects.filter(therapist=who).delete(),
    "nobody new is taken": lambda who: Therapist.objects.filter(pk=who.pk).update(accepting=False),
    "the therapist is removed": lambda who: Therapist.objects.filter(pk=who.pk).update(removed_on=date(2026, 11, 1)),
    "a pause": lambda who: Diary.objects.filter(therapist=who).update(paused_until=date(2027, 1, 1)),
    "other hours": lambda who: Hours.objects.filter(diary__therapist=who, weekday=2).delete(),
    "a day off": lambda who: HoursException.objects.create(diary_id=who.pk, on=date(2026, 11, 26)),
    "a hold": _hold,
}


@pytest.mark.parametrize("change", CHANGES.values(), ids=CHANGES)
def test_a_change_is_noticed_and_the_candidate_made_anew(change: Callable[[Therapist], object]) -> None:
    network, _ = a_network_and_plan()
    therapist = someone_free(networks=[network])
    someone_free()
    projected()
    assert stale(half_day=half_day(NOW)) == []
    before = Candidate.objects.values().get(therapist=therapist)
    change(therapist)
    assert stale(half_day=half_day(NOW)) == [therapist.pk]
    assert projected() == 1
    assert Candidate.objects.values().get(therapist=therapist) != before
    assert stale(half_day=half_day(NOW)) == []


@pytest.mark.parametrize(
    "change",
    [
        "a licence is suspended",
        "nobody new is taken",
        "the therapist is removed",
        "a pause",
        "a service is withdrawn",
    ],
)
def test_who_cannot_be_held_is_not_listed(change: str) -> None:
    therapist = someone_free()
    projected()
    assert Candidate.objects.get().listed
    CHANGES[change](therapist)
    projected()
    assert not Candidate.objects.get().listed


def test_who_has_no_diary_is_not_listed() -> None:
    a_therapist()
    projected()
    assert not Candidate.objects.get().listed


def test_what_did_not_change_is_not_written() -> None:
    therapist = someone_free()
    assert projected() == 1
    assert project([therapist.pk], now=NOW) == 0


def test_a_change_that_the_pool_does_not_hold_leaves_the_candidate_alone() -> None:
    therapist = someone_free()
    projected()
    Therapist.objects.filter(pk=therapist.pk).update(about="I like long walks.")
    assert stale(half_day=half_day(NOW)) == [therapist.pk]
    assert projected() == 0
    assert stale(half_day=half_day(NOW)) == []


def test_the_next_day_moves_the_window() -> None:
    someone_free()
    projected()
    tomorrow = NOW + timedelta(days=1)
    assert projected(tomorrow) == 1
    assert Candidate.objects.get().openings_from == window_from(tomorrow)


def test_who_offers_nothing_is_not_made_anew_each_day() -> None:
    a_therapist(services=())
    projected()
    assert stale(half_day=half_day(NOW + timedelta(days=1))) == []


def test_a_fact_that_expires_overnight_unlists_without_any_change() -> None:
    someone_free(verified_on=date(2026, 9, 1), expires_on=NOW.date())
    projected()
    assert Candidate.objects.get().listed
    projected(NOW + timedelta(days=1))
    assert not Candidate.objects.get().listed


def test_a_pause_that_ends_today_is_over_by_noon_in_utc() -> None:
    therapist = someone_free()
    tomorrow = window_from(NOW + timedelta(days=1))
    Diary.objects.filter(therapist=therapist).update(paused_until=tomorrow.date())
    projected(tomorrow)
    assert not Candidate.objects.get().listed
    projected(tomorrow + timedelta(hours=12))
    assert Candidate.objects.get().listed


def test_a_pool_that_held_someone_still_hears_of_them() -> None:
    therapist = someone_free(licensed_in=("MA", "NY"))
    projected()
    Licence.objects.filter(therapist=therapist, jurisdiction="NY").delete()
    projected()
    candidate = Candidate.objects.get()
    assert candidate.jurisdictions == ["MA", "NY"]
    assert candidate.telehealth_in == mask("jurisdiction", ["MA"])


def test_a_limit_leaves_the_rest_for_later_and_progress_is_told() -> None:
    for _ in range(3):
        someone_free()
    told: list[tuple[int, int]] = []
    project_stale(now=NOW, limit=2, on_progress=lambda done, total: told.append((done, total)))
    assert told == [(2, 2)]
    assert Candidate.objects.count() == 2
    assert len(stale(half_day=half_day(NOW))) == 1


def test_someone_with_two_services_can_have_hours_for_the_shorter_alone() -> None:
    therapist = a_therapist(services=("individual", "family"))
    Service.objects.filter(therapist=therapist, kind="family").update(intake_minutes=120)
    a_diary(therapist, weekdays=(2,), start=9 * 60, end=10 * 60)
    projected()
    listed = dict(Candidate.objects.values_list("service", "listed"))
    assert listed == {"individual": True, "family": False}
