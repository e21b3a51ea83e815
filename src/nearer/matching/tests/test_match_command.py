"""`nearer match` says what the site says."""

from __future__ import annotations

import json
from io import StringIO
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import translation

from nearer.directory.models import Plan
from nearer.directory.tests.builders import an_npi
from nearer.matching.api import AskWish, answer
from nearer.matching.management.asking import WRONG_INPUT
from nearer.matching.management.commands.match import NOBODY
from nearer.matching.pages import as_json
from nearer.matching.tests.builders import NOW, a_network_and_plan, an_ask, projected, someone_free

pytestmark = pytest.mark.django_db
ORDINARY = ("--state", "MA", "--self-pay", "--at", NOW.isoformat(), "--seed", "7")


def said(*words: str) -> str:
    out = StringIO()
    call_command("match", *words, stdout=out)
    return out.getvalue()


def refusal(*words: str) -> str:
    with pytest.raises(CommandError) as refused:
        said(*words)
    assert refused.value.returncode == WRONG_INPUT
    return str(refused.value)


def test_the_command_gives_the_answer_that_the_site_gives_for_the_same_seed() -> None:
    network, plan_id = a_network_and_plan(jurisdictions=["MA"])
    for _ in range(9):
        someone_free(
            services=("couples",),
            networks=[network],
            licensed_in=("MA", "NY"),
            traits={"language": ["es"], "concern": ["closeness"], "identity": ["woman"]},
        )
    projected()
    ask = an_ask(
        service="couples",
        plan_id=plan_id,
        partner_jurisdiction="NY",
        age_bands=("adult", "older"),
        wishes=(
            AskWish("concern", ("closeness",)),
            AskWish("language", ("es", "fr"), "must"),
            AskWish("identity", ("woman",)),
        ),
        times=frozenset({"weekday_morning"}),
        modality="telehealth",
    )
    words = ["--state", "massachusetts", "--plan", Plan.objects.get().name, "--service", "Couples therapy"]
    words += ["--partner-state", "NY", "--age", "adult", "--age", "older", "--concern", "closeness"]
    words += ["--must", "language=es,fr", "--nice", "identity=woman", "--when", "mornings", "--modality", "telehealth"]
    told = json.loads(said(*words, "--seed", "7", "--at", NOW.isoformat(), "--json"))
    assert told == json.loads(json.dumps(as_json(ask, answer(ask, now=NOW))))
    assert len(told["matches"]) == 5


def test_json_holds_every_name_that_the_readme_lists() -> None:
    someone_free(traits={"concern": ["closeness"]})
    projected()
    told: dict[str, Any] = json.loads(said(*ORDINARY, "--concern", "closeness", "--concern", "grief", "--json"))
    assert set(told) == {
        *("seed", "as_of", "state", "service", "zone", "plan", "total", "within_48h"),
        *("matches", "others", "relaxations", "everything_nice"),
    }
    (match,) = told["matches"]
    assert set(match) == {
        *("npi", "name", "credentials", "modality", "modalities"),
        *("openings", "minutes", "reasons", "unmet"),
    }
    assert match["openings"][0] == "2026-11-24T14:00:00Z"
    assert match["reasons"][0] == {
        "kind": "concern",
        "codes": ["closeness"],
        "words": "Helps with: Letting people close",
        "verified_on": "2026-01-01",
    }
    assert match["unmet"] == [{"kind": "concern", "codes": ["grief"], "words": "Has not listed: Grief and loss"}]


def test_the_table_tells_reasons_times_and_how_to_replay() -> None:
    therapist = someone_free(given_name="Ana", family_name="Lopez", traits={"concern": ["closeness"]})
    projected()
    told = said(*ORDINARY, "--concern", "closeness")
    for words in (
        "Ana Lopez",
        therapist.npi,
        "Letting people close",
        "Tue 24 Nov, 09:00",
        "1 therapist fits.",
        "--seed 7",
    ):
        assert words in told


def test_the_table_tells_what_to_let_go_of() -> None:
    someone_free(traits={"identity": ["man"], "language": ["es"]})
    projected()
    with pytest.raises(SystemExit) as left:
        said(*ORDINARY, "--must", "identity=woman")
    assert left.value.code == NOBODY
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("match", *ORDINARY, "--must", "identity=woman", stdout=out)
    assert "Anyone, instead of: A woman: 1 therapist more, 1 of them free tomorrow." in out.getvalue()


def test_the_command_tells_what_letting_go_of_every_must_brings_where_no_single_one_helps() -> None:
    someone_free()
    projected()
    words = (*ORDINARY, "--must", "identity=woman", "--must", "language=es")
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("match", *words, stdout=out)
    assert (
        "With every must a wish, at any time, in any way: 1 therapist fits, 1 of them free tomorrow." in out.getvalue()
    )
    out = StringIO()
    with pytest.raises(SystemExit):
        call_command("match", *words, "--json", stdout=out)
    assert json.loads(out.getvalue())["everything_nice"] == {"therapists": 1, "people_tomorrow": 1, "modality": None}


def test_someone_left_out_by_npi_is_not_shown() -> None:
    own, other = someone_free(), someone_free()
    projected()
    told = json.loads(said(*ORDINARY, "--without", own.npi, "--json"))
    assert [match["npi"] for match in told["matches"]] == [other.npi]


def test_an_unknown_word_is_answered_with_the_nearest() -> None:
    a_network_and_plan(name="Evergreen Gold PPO")
    told = refusal(*ORDINARY, "--concern", "closenes")
    assert told.startswith("No concern is called “closenes”; did you mean closeness")
    assert "did you mean woman" in refusal(*ORDINARY, "--must", "identity=women")
    assert "concern, approach, style, language, identity" in refusal(*ORDINARY, "--must", "zzz=es")
    assert "language=es" in refusal(*ORDINARY, "--nice", "spanish")
    assert "mornings" in refusal(*ORDINARY, "--when", "morning")
    assert "America/New_York" in refusal(*ORDINARY, "--zone", "Mars/Olympus")
    assert "has the NPI" in refusal(*ORDINARY, "--without", an_npi())
    assert "Evergreen Gold PPO" in refusal("--state", "MA", "--plan", "Evergreen Golden PPO")
    assert "state" in refusal("--state", "ZZ", "--self-pay")


def test_a_time_of_asking_without_an_offset_is_refused() -> None:
    assert "UTC offset" in refusal("--state", "MA", "--self-pay", "--at", "2026-11-23T15:00:00")


@pytest.mark.parametrize("language", ["en", "es"])
def test_the_table_can_be_read_in_every_language(language: str) -> None:
    someone_free(traits={"concern": ["closeness"]})
    projected()
    with translation.override(language):
        told = said(*ORDINARY, "--concern", "closeness")
    assert "%(" not in told
    assert "{what}" not in told
