"""What an answer promises: nobody in it who can't be held now, why each of them is, and the same again by its seed."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from nearer.directory.api import PlanUnknown, TherapistUnknown
from nearer.directory.models import Contract, Licence, Plan, Service, Therapist, Trait
from nearer.directory.tests.builders import a_therapist
from nearer.matching.api import Ask, AskWish, Match, Matches, NotMatched, answer, explain, more
from nearer.matching.tests.builders import NEW_YORK, NOW, a_diary, a_network_and_plan, an_ask, projected, someone_free
from nearer.scheduling.models import Diary, Hours

pytestmark = pytest.mark.django_db
HERE = ZoneInfo(NEW_YORK)


def ids(matches: Matches) -> set[int]:
    return {match.profile.id for match in (*matches.matches, *matches.others)}


def must(kind: str, *codes: str) -> AskWish:
    return AskWish(kind, codes, "must")


def nice(kind: str, *codes: str) -> AskWish:
    return AskWish(kind, codes, "nice")


def asked(now: datetime = NOW, **said: Any) -> Matches:
    return answer(an_ask(**said), now=now)


def test_an_answer_holds_therapists_with_times_from_tomorrow_on() -> None:
    someone_free()
    projected()
    (match,) = asked().matches
    first = match.openings[0].start.astimezone(HERE)
    assert first == datetime(2026, 11, 24, 9, 0, tzinfo=HERE)
    assert match.openings[-1].start.astimezone(HERE).date() == date(2026, 12, 7)
    assert all(opening.length == timedelta(minutes=60) for opening in match.openings)


def test_three_to_five_are_shown_first_and_the_rest_are_behind() -> None:
    for _ in range(8):
        someone_free()
    projected()
    found = asked()
    assert (len(found.matches), len(found.others), found.total) == (5, 3, 8)


def test_someone_with_a_time_within_two_days_is_among_the_first_if_anyone_is() -> None:
    for _ in range(7):
        later = a_therapist(traits={"concern": ["closeness"]})
        a_diary(later, weekdays=(4,))
    soon = someone_free()
    projected()
    found = asked(wishes=(nice("concern", "closeness"),))
    assert found.within_48h
    assert found.matches[4].profile.id == soon.pk
    assert len(found.others) == 3


# Promise 1: whoever the database no longer supports is not shown, however stale the projection.

STALE = {
    "the licence was suspended": lambda who: Licence.objects.filter(therapist=who).update(status="suspended"),
    "the licence has expired": lambda who: Licence.objects.filter(therapist=who).update(expires_on=NOW.date()),
    "the contract has ended": lambda who: Contract.objects.filter(therapist=who).update(ends_on=NOW.date()),
    "the service was withdrawn": lambda who: Service.objects.filter(therapist=who).delete(),
    "nobody new is taken": lambda who: Therapist.objects.filter(pk=who.pk).update(accepting=False),
    "the therapist was removed": lambda who: Therapist.objects.filter(pk=who.pk).update(removed_on=NOW.date()),
    "the therapist paused": lambda who: Diary.objects.filter(pk=who.pk).update(paused_until=date(2027, 1, 1)),
    "the caseload is full": lambda who: Diary.objects.filter(pk=who.pk).update(caseload_limit=0),
    "the hours are gone": lambda who: Hours.objects.filter(diary_id=who.pk).delete(),
    "a must is no longer stated": lambda who: Trait.objects.filter(therapist=who).delete(),
}


@pytest.mark.parametrize("change", STALE.values(), ids=STALE)
def test_who_cannot_be_held_is_never_shown_however_stale_the_projection(change: Any) -> None:
    network, plan_id = a_network_and_plan()
    facts = {"networks": [network], "traits": {"language": ["es"]}}
    changed, stays = someone_free(**facts), someone_free(**facts)
    projected()
    wishes = (must("language", "es"),)
    assert ids(asked(plan_id=plan_id, wishes=wishes)) == {changed.pk, stays.pk}
    change(changed)
    assert ids(asked(plan_id=plan_id, wishes=wishes)) == {stays.pk}


def test_a_time_is_shown_only_on_days_on_which_every_fact_stands() -> None:
    network, plan_id = a_network_and_plan()
    therapist = someone_free(networks=[network])
    Contract.objects.filter(therapist=therapist).update(ends_on=date(2026, 11, 26))
    projected()
    (match,) = asked(plan_id=plan_id).matches
    assert {opening.start.astimezone(HERE).date().day for opening in match.openings} == {24, 25, 26}


def test_a_time_is_shown_only_while_the_plan_runs() -> None:
    network, plan_id = a_network_and_plan(ends_on=date(2026, 11, 25))
    someone_free(networks=[network])
    projected()
    (match,) = asked(plan_id=plan_id).matches
    assert {opening.start.astimezone(HERE).date().day for opening in match.openings} == {24, 25}


def test_a_plan_that_has_ended_is_said_so() -> None:
    _, plan_id = a_network_and_plan(ends_on=date(2026, 11, 22))
    with pytest.raises(PlanUnknown):
        asked(plan_id=plan_id)


def test_a_plan_that_pays_for_no_network_finds_nobody() -> None:
    network, plan_id = a_network_and_plan()
    Plan.objects.get(pk=plan_id).plan_networks.all().delete()
    someone_free(networks=[network])
    projected()
    assert asked(plan_id=plan_id).total == 0


# Who is meant.


def test_a_couple_in_two_states_needs_a_licence_in_both_for_video() -> None:
    both = someone_free(services=("couples",), licensed_in=("MA", "NY"))
    someone_free(services=("couples",), licensed_in=("MA",))
    here = someone_free(services=("couples",), licensed_in=("MA",), places_in=("MA",))
    projected()
    found = asked(service="couples", partner_jurisdiction="NY")
    assert ids(found) == {both.pk, here.pk}
    ways = {match.profile.id: match.modalities for match in found.matches}
    assert ways == {both.pk: ("telehealth",), here.pk: ("in_person",)}


def test_both_ways_are_offered_where_either_will_do() -> None:
    someone_free(places_in=("MA",))
    projected()
    (match,) = asked().matches
    assert (match.modality, match.modalities) == ("telehealth", ("telehealth", "in_person"))
    (match,) = asked(modality="in_person").matches
    assert (match.modality, match.modalities) == ("in_person", ("in_person",))


def test_someone_who_is_excluded_is_not_shown() -> None:
    own, other = someone_free(), someone_free()
    projected()
    assert ids(asked(excluded=frozenset({own.pk}))) == {other.pk}


def test_only_times_in_the_wanted_parts_of_the_week_are_shown() -> None:
    therapist = someone_free()
    Hours.objects.create(diary_id=therapist.pk, weekday=5, start_minute=10 * 60, end_minute=12 * 60)
    Hours.objects.create(diary_id=therapist.pk, weekday=1, start_minute=17 * 60, end_minute=20 * 60)
    projected()
    (match,) = asked(times=frozenset({"weekend", "weekday_evening"})).matches
    starts = [opening.start.astimezone(HERE) for opening in match.openings]
    assert starts
    assert all(start.weekday() == 5 or start.hour >= 17 for start in starts)
    assert {start.weekday() for start in starts} == {1, 5}


# Why.


def test_every_reason_is_a_sentence_with_the_day_its_fact_was_checked() -> None:
    network, plan_id = a_network_and_plan()
    network.name = "Evergreen Choice"
    network.save()
    someone_free(
        services=("couples",),
        networks=[network],
        traits={"concern": ["closeness", "trust"], "language": ["es"], "identity": ["woman"]},
    )
    projected()
    wishes = (nice("concern", "closeness", "grief"), must("language", "es"), nice("identity", "man"))
    (match,) = asked(service="couples", plan_id=plan_id, wishes=wishes).matches
    said = {reason.kind: str(reason.words) for reason in match.reasons}
    assert said == {
        "concern": "Helps with: Letting people close",
        "language": "Speaks: Spanish",
        "soon": "Has a time within the next two days",
        "training": "Trained for couples: EFT externship",
        "network": "In your plan's network: Evergreen Choice",
        "licence": "Licensed in Massachusetts",
    }
    assert {reason.kind for reason in match.reasons if reason.verified_on is None} == {"soon"}
    assert {(unmet.kind, unmet.codes) for unmet in match.unmet} == {("concern", ("grief",)), ("identity", ("man",))}


def test_words_come_in_the_readers_language() -> None:
    from django.utils import translation

    someone_free(traits={"concern": ["closeness"]})
    projected()
    (match,) = asked(wishes=(nice("concern", "closeness"),)).matches
    with translation.override("es"):
        assert all(str(reason.words) for reason in match.reasons)
        assert "{" not in "".join(str(reason.words) for reason in match.reasons)


def test_when_few_fit_the_answer_says_what_to_let_go_of() -> None:
    someone_free(traits={"language": ["es"], "identity": ["man"]})
    someone_free(traits={"language": ["es"], "identity": ["woman"]})
    projected()
    found = asked(wishes=(must("language", "es"), must("identity", "woman")))
    assert found.total == 1
    (step,) = [step for step in found.relaxations if step.kind == "identity"]
    assert (step.codes, step.gains) == (("woman",), 1)
    assert step.openings_tomorrow > 0
    assert str(step.words) == "Anyone, instead of: A woman"


# Why not.


def why_not(ask: Ask, therapist: Therapist) -> str:
    verdict = explain(ask, therapist.npi, now=NOW)
    assert isinstance(verdict, NotMatched)
    return str(verdict.reason)


def test_someone_who_fits_is_explained_as_in_the_answer() -> None:
    therapist = someone_free()
    projected()
    verdict = explain(an_ask(), therapist.npi, now=NOW)
    assert isinstance(verdict, Match)
    assert verdict == asked().matches[0]
    assert explain(an_ask(), therapist.pk, now=NOW) == verdict


def test_why_someone_is_not_shown_is_said_in_a_sentence() -> None:
    network, plan_id = a_network_and_plan()
    therapist = someone_free(networks=[network])
    assert why_not(an_ask(jurisdiction="NY"), therapist) == "This therapist holds no current licence in New York."
    assert why_not(an_ask(service="family"), therapist) == "This therapist doesn’t offer this: Family therapy."
    assert why_not(an_ask(excluded=frozenset({therapist.pk})), therapist) == "They were left out of this search."
    assert why_not(an_ask(wishes=(must("language", "es"),)), therapist) == (
        "They do not list a language that you need: Spanish."
    )
    assert why_not(an_ask(times=frozenset({"weekend"})), therapist) == (
        "They have no free time on weekends in the next two weeks."
    )
    assert why_not(an_ask(plan_id=a_network_and_plan()[1]), therapist) == (
        "This therapist isn’t in the plan’s network in Massachusetts on that day."
    )
    Hours.objects.all().delete()
    assert why_not(an_ask(plan_id=plan_id), therapist) == "They have no free time in the next two weeks."


def test_someone_unknown_is_said_so() -> None:
    for unknown in (1, "9000000000"):
        with pytest.raises(TherapistUnknown):
            explain(an_ask(), unknown, now=NOW)


# Replay, pages, queries.


def test_the_seed_replays_an_answer_and_another_seed_may_differ() -> None:
    for _ in range(12):
        someone_free()
    projected()
    assert asked(seed=3) == asked(seed=3)
    orders = {tuple(match.profile.id for match in asked(seed=seed).matches) for seed in range(5)}
    assert len(orders) > 1


def test_all_who_fit_are_on_some_page_once() -> None:
    everyone = {someone_free().pk for _ in range(30)}
    projected()
    ask = an_ask()
    shown = [match.profile.id for match in answer(ask, now=NOW).matches]
    pages = [more(ask, page=number, now=NOW) for number in (1, 2)]
    shown += [match.profile.id for page in pages for match in page.others]
    assert (len(shown), set(shown)) == (30, everyone)
    assert (pages[0].last, pages[0].total) == (2, 30)
    assert more(ask, page=99, now=NOW) == pages[1]


@pytest.mark.parametrize("count", [10, 100, 1000])
def test_an_answer_takes_the_same_few_queries_for_any_number_of_therapists(count: int) -> None:
    network, plan_id = a_network_and_plan()
    _many(count, network.pk)
    projected()
    ask = an_ask(plan_id=plan_id, wishes=(nice("concern", "closeness"),))
    for question in (lambda: answer(ask, now=NOW), lambda: more(ask, page=1, now=NOW)):
        with CaptureQueriesContext(
            connection,
        ) as queries:
            question()
        assert len(queries) == 4


def _many(count: int, network_id: int) -> None:
    """Write many therapists quickly: the facts of one, copied."""
    one = someone_free(traits={"concern": ["closeness"], "language": ["en"]})
    people = [
        Therapist(
            npi=f"8{number:09}",
            given_name="Sam",
            family_name=str(number),
            accepting=True,
            source="test",
            source_id=str(number),
            time_zone=NEW_YORK,
            verified_on=one.verified_on,
            expires_on=one.expires_on,
        )
        for number in range(count)
    ]
    Therapist.objects.bulk_create(people)
    facts = (Licence.objects.get(), Service.objects.get(), *Trait.objects.all())
    for fact in facts:
        copies = []
        for person in people:
            values = {field.attname: getattr(fact, field.attname) for field in fact._meta.fields if field.name != "id"}
            copies.append(type(fact)(**{**values, "therapist_id": person.pk}))
        type(fact).objects.bulk_create(copies)
    Contract.objects.bulk_create(
        Contract(
            therapist=person,
            network_id=network_id,
            jurisdiction="MA",
            starts_on=one.verified_on,
            source="test",
            source_id="1",
            verified_on=one.verified_on,
            expires_on=one.expires_on,
        )
        for person in people
    )
    diaries = [Diary(therapist=person, time_zone=NEW_YORK) for person in people]
    Diary.objects.bulk_create(diaries)
    Hours.objects.bulk_create(
        Hours(diary=diary, weekday=weekday, start_minute=540, end_minute=1020)
        for diary in diaries
        for weekday in range(5)
    )
