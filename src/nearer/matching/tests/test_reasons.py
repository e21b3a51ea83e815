"""Why someone is shown, why not, and what to let go of, in words."""

from __future__ import annotations

import pytest
from django.utils import translation

from nearer.directory.api import TherapistUnknown
from nearer.directory.models import Therapist
from nearer.matching.api import Ask, Match, NotMatched, explain
from nearer.matching.tests.builders import (
    NOW,
    a_network_and_plan,
    an_ask,
    asked,
    must,
    nice,
    projected,
    someone_free,
)
from nearer.scheduling.models import Hours

pytestmark = pytest.mark.django_db


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
        "network": "In your plan’s network: Evergreen Choice",
        "licence": "Licensed in Massachusetts",
    }
    assert {reason.kind for reason in match.reasons if reason.verified_on is None} == {"soon"}
    assert {(unmet.kind, unmet.codes) for unmet in match.unmet} == {("concern", ("grief",)), ("identity", ("man",))}


def test_words_come_in_the_readers_language() -> None:
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
    assert step.people_tomorrow == 1
    assert str(step.words) == "Anyone, instead of: A woman"


def test_times_and_ways_can_be_let_go_of_too() -> None:
    someone_free()
    projected()
    (step,) = asked(times=frozenset({"weekend"})).relaxations
    assert (step.kind, step.codes, step.gains) == ("times", ("weekend",), 1)
    assert str(step.words) == "Any time of the week, instead of: weekends"
    (step,) = asked(modality="in_person").relaxations
    assert (step.kind, step.codes, step.gains) == ("modality", ("in_person",), 1)
    assert [str(label) for label in step.labels] == ["In person"]


def test_what_was_wished_for_twice_counts_once_and_as_the_must() -> None:
    someone_free(traits={"concern": ["grief"]})
    projected()
    wishes = (nice("concern", "closeness", "grief"), must("concern", "closeness"))
    assert asked(wishes=wishes).total == 0
    assert asked(wishes=wishes[:1]).total == 1


def test_a_code_that_nobody_could_state_is_a_mistake_of_the_asker() -> None:
    with pytest.raises(KeyError):
        asked(wishes=(nice("concern", "weather"),))


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
    assert why_not(an_ask(jurisdiction="NY"), therapist) == "This therapist holds no current license in New York."
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
