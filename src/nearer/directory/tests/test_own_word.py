"""What a therapist says themselves: at once of their work, for a check of licences and contracts, never of another."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from nearer.audit.models import Event
from nearer.directory import api
from nearer.directory.models import Contract, Licence, Location, Service, Statement, Therapist, Trait
from nearer.directory.operations.therapists import put_therapists
from nearer.directory.records import LicenceRecord, Provenance, TherapistRecord, TraitRecord
from nearer.directory.rules.own_word import GOOD_FOR, is_due, renewed
from nearer.directory.tests.builders import TODAY, a_contract, a_licence, a_network, a_therapist

pytestmark = pytest.mark.django_db
NOW = datetime(2026, 11, 23, 15, tzinfo=UTC)
LONG_AGO = TODAY - timedelta(days=200)
SOON = TODAY + timedelta(days=5)

WORDS = api.OwnWords(
    about="I work slowly and with care.",
    pronouns="they/them",
    credentials="LMFT",
    couples_training="EFT externship",
    accepting=True,
)
OFFER = api.Offer(
    kind="couples",
    ages=("adult",),
    telehealth=True,
    in_person=False,
    intake_minutes=75,
    session_minutes=50,
    intake_fee_cents=20_000,
    session_fee_cents=None,
)
PLACE = api.Place(name="Elm House", street="1 Elm Street", city="Boston", jurisdiction="MA", postal_code="02101")


def roster(therapist: Therapist, on: date, **parts: object) -> None:
    """Let a roster speak of a therapist, as checked on a day."""
    said = Provenance("roster", therapist.npi, on, on + timedelta(days=365))
    record = TherapistRecord(
        line=1, npi=therapist.npi, given_name="Alex", family_name="Rivera", credentials="", provenance=said
    )
    put_therapists([replace(record, **parts)], {})  # type: ignore[arg-type]


def provenance(on: date) -> Provenance:
    return Provenance("roster", "row 1", on, on + timedelta(days=365))


# Of themselves


def test_what_someone_says_of_themselves_counts_at_once_and_for_ninety_days() -> None:
    therapist = a_therapist(verified_on=LONG_AGO, expires_on=SOON)
    api.describe(therapist_id=therapist.pk, words=WORDS, now=NOW)
    profile = api.profiles([therapist.pk], TODAY)[therapist.pk]
    assert (profile.about, profile.pronouns, profile.credentials) == (WORDS.about, "they/them", "LMFT")
    assert (profile.source, profile.verified_on, profile.expires_on) == ("therapist", TODAY, TODAY + GOOD_FOR)


def test_saying_it_never_shortens_what_holds_longer() -> None:
    therapist = a_therapist()
    before = therapist.expires_on
    api.describe(therapist_id=therapist.pk, words=WORDS, now=NOW)
    therapist.refresh_from_db()
    assert therapist.expires_on == before


def test_an_older_roster_does_not_take_ones_own_words_back() -> None:
    therapist = a_therapist(verified_on=LONG_AGO)
    api.describe(therapist_id=therapist.pk, words=WORDS, now=NOW)
    roster(therapist, TODAY - timedelta(days=1), about="What the practice wrote last year.")
    therapist.refresh_from_db()
    assert therapist.about == WORDS.about


def test_traits_become_exactly_what_is_stated_and_other_kinds_stay() -> None:
    therapist = a_therapist(traits={"concern": ["trust", "affair"], "language": ["en"], "identity": ["woman"]})
    api.state_traits(therapist_id=therapist.pk, traits={"concern": ["trust", "grief"]}, now=NOW)
    profile = api.profiles([therapist.pk], TODAY)[therapist.pk]
    assert profile.codes("concern") == {"trust", "grief"}
    assert profile.codes("language") == {"en"}
    assert profile.codes("identity") == {"woman"}


def test_what_one_dropped_does_not_come_back_with_an_older_roster_but_with_a_later_one() -> None:
    therapist = a_therapist(traits={"concern": ["affair"], "language": ["en"]})
    api.state_traits(therapist_id=therapist.pk, traits={"concern": []}, now=NOW)
    yesterday, tomorrow = TODAY - timedelta(days=1), TODAY + timedelta(days=1)
    roster(therapist, yesterday, traits=(TraitRecord("concern", "affair", provenance(yesterday)),))
    assert not Trait.objects.filter(therapist=therapist, code="affair").exists()
    roster(therapist, tomorrow, traits=(TraitRecord("concern", "affair", provenance(tomorrow)),))
    assert Trait.objects.filter(therapist=therapist, code="affair").exists()


def test_what_was_dropped_can_be_stated_again() -> None:
    therapist = a_therapist(traits={"concern": ["affair"], "language": ["en"]})
    api.state_traits(therapist_id=therapist.pk, traits={"concern": []}, now=NOW)
    api.state_traits(therapist_id=therapist.pk, traits={"concern": ["affair"]}, now=NOW)
    roster(therapist, LONG_AGO, traits=(TraitRecord("concern", "affair", provenance(LONG_AGO)),))
    assert Trait.objects.get(therapist=therapist, code="affair").source == "therapist"


@pytest.mark.parametrize("traits", [{"concern": ["no such"]}, {"no such": []}, {"language": []}])
def test_nonsense_is_refused_and_nothing_is_changed(traits: dict[str, list[str]]) -> None:
    therapist = a_therapist(traits={"concern": ["trust"], "language": ["en"]})
    with pytest.raises(api.StatementWrong):
        api.state_traits(therapist_id=therapist.pk, traits=traits, now=NOW)
    assert Trait.objects.filter(therapist=therapist).count() == 2


def test_a_service_is_offered_changed_and_withdrawn() -> None:
    therapist = a_therapist(couples_training="EFT externship")
    api.offer_service(therapist_id=therapist.pk, offer=OFFER, now=NOW)
    api.offer_service(therapist_id=therapist.pk, offer=replace(OFFER, intake_minutes=90), now=NOW)
    assert Service.objects.get(therapist=therapist, kind="couples").intake_minutes == 90
    api.withdraw_service(therapist_id=therapist.pk, kind="couples", now=NOW)
    api.withdraw_service(therapist_id=therapist.pk, kind="couples", now=NOW)
    assert not Service.objects.filter(therapist=therapist, kind="couples").exists()


@pytest.mark.parametrize(
    ("offer", "words"),
    [
        (replace(OFFER, intake_minutes=5), "15 minutes to 4 hours"),
        (replace(OFFER, session_minutes=600), "15 minutes to 4 hours"),
        (replace(OFFER, ages=()), "at least one age"),
        (replace(OFFER, ages=("elders",)), "at least one age"),
        (replace(OFFER, telehealth=False), "video, in person, or both"),
        (replace(OFFER, intake_fee_cents=-1), "A fee is between"),
    ],
)
def test_a_service_that_cant_be_is_refused_in_words(offer: api.Offer, words: str) -> None:
    therapist = a_therapist(couples_training="EFT externship")
    with pytest.raises(api.StatementWrong, match=words):
        api.offer_service(therapist_id=therapist.pk, offer=offer, now=NOW)


def test_couples_are_offered_only_with_training() -> None:
    therapist = a_therapist(couples_training="")
    with pytest.raises(api.StatementWrong, match="training in couples"):
        api.offer_service(therapist_id=therapist.pk, offer=OFFER, now=NOW)


def test_a_place_comes_and_goes_and_says_what_it_was() -> None:
    therapist = a_therapist()
    place_id = api.add_place(therapist_id=therapist.pk, place=PLACE, now=NOW)
    assert api.drop_place(therapist_id=therapist.pk, place_id=place_id, now=NOW) == PLACE
    assert not Location.objects.filter(therapist=therapist).exists()
    with pytest.raises(api.StatementWrong, match="street"):
        api.add_place(therapist_id=therapist.pk, place=replace(PLACE, street=" "), now=NOW)


# Still true?


def test_one_click_renews_what_is_ones_own_and_leaves_the_rest_to_be_checked() -> None:
    therapist = a_therapist(networks=[a_network()], verified_on=LONG_AGO, expires_on=SOON, places_in=["MA"])
    for model in (Service, Trait, Licence, Contract, Location):
        model._default_manager.update(verified_on=LONG_AGO, expires_on=SOON)
    assert api.attest(therapist_id=therapist.pk, now=NOW) == 2
    found = api.own_facts(therapist.pk, TODAY)
    assert found.own_until == TODAY + GOOD_FOR
    assert {fact.expires_on for fact in (*found.licences, *found.contracts)} == {SOON}
    assert all(fact.waiting_since == NOW for fact in (*found.licences, *found.contracts))


def test_saying_it_twice_is_saying_it_once() -> None:
    therapist = a_therapist(networks=[a_network()])
    assert api.attest(therapist_id=therapist.pk, now=NOW) == 2
    assert api.attest(therapist_id=therapist.pk, now=NOW + timedelta(minutes=1)) == 0
    assert Statement.objects.count() == 2


@given(expires=st.dates(date(2026, 1, 1), date(2028, 1, 1)), today=st.dates(date(2026, 1, 1), date(2028, 1, 1)))
def test_a_word_holds_for_ninety_days_or_longer(expires: date, today: date) -> None:
    assert renewed(expires, today) >= max(expires, today + GOOD_FOR)
    assert not is_due(renewed(expires, today), today)


# Licences and contracts: others answer


def test_a_declared_licence_matches_nobody_until_it_is_checked() -> None:
    therapist = a_therapist(licensed_in=[])
    api.declare_licence(therapist_id=therapist.pk, jurisdiction="NH", kind="psychologist", number=" 77 ", now=NOW)
    assert api.licensed_in(api.profiles([therapist.pk], TODAY)[therapist.pk], TODAY) == frozenset()
    (waiting,) = api.statements_waiting()
    assert (waiting.number, waiting.jurisdiction, waiting.npi) == ("77", "NH", therapist.npi)
    api.settle(statement_id=waiting.id, confirmed=True, by="staff:7", now=NOW)
    profile = api.profiles([therapist.pk], TODAY)[therapist.pk]
    assert api.licensed_in(profile, TODAY) == {"NH"}
    assert profile.licences[0].source == "operator"
    assert api.statements_waiting() == ()


def test_a_licence_that_nobody_could_confirm_goes() -> None:
    therapist = a_therapist(licensed_in=[])
    api.declare_licence(therapist_id=therapist.pk, jurisdiction="NH", kind="psychologist", number="77", now=NOW)
    api.settle(statement_id=api.statements_waiting()[0].id, confirmed=False, by="staff:7", now=NOW)
    assert not Licence.objects.filter(therapist=therapist).exists()


def test_a_refusal_leaves_a_licence_that_others_vouched_for() -> None:
    therapist = a_therapist()
    api.affirm(therapist_id=therapist.pk, part="licence", fact_id=_licence(therapist).pk, now=NOW)
    api.settle(statement_id=api.statements_waiting()[0].id, confirmed=False, by="staff:7", now=NOW)
    assert _licence(therapist).status == "active"


def test_a_declared_contract_is_nowhere_until_it_is_checked_and_then_until_it_ends() -> None:
    therapist, network = a_therapist(), a_network()
    api.declare_contract(
        therapist_id=therapist.pk, network_id=network.pk, jurisdiction="MA", starts_on=TODAY, ends_on=None, now=NOW
    )
    assert not Contract.objects.exists()
    until = TODAY + timedelta(days=30)
    api.settle(statement_id=api.statements_waiting()[0].id, confirmed=True, by="staff:7", now=NOW, until=until)
    contract = Contract.objects.get()
    assert (contract.source, contract.source_id, contract.expires_on) == ("operator", "staff:7", until)


def test_a_check_renews_what_stood_already() -> None:
    therapist = a_therapist(networks=[a_network()])
    Contract.objects.update(verified_on=LONG_AGO, expires_on=SOON)
    contract = Contract.objects.get()
    api.affirm(therapist_id=therapist.pk, part="contract", fact_id=contract.pk, now=NOW)
    api.settle(statement_id=api.statements_waiting()[0].id, confirmed=True, by="staff:7", now=NOW)
    contract.refresh_from_db()
    assert (contract.verified_on, contract.expires_on) == (TODAY, TODAY + timedelta(days=90))


@pytest.mark.parametrize("part", ["licence", "contract"])
def test_a_no_counts_at_once_and_can_be_taken_back_as_it_was(part: str) -> None:
    therapist = a_therapist(networks=[a_network()])
    before = _held(therapist, part)
    statement = api.deny(therapist_id=therapist.pk, part=part, fact_id=before["id"], now=NOW)
    with pytest.raises((Licence.DoesNotExist, Contract.DoesNotExist)):
        _held(therapist, part)
    api.take_back(therapist_id=therapist.pk, statement_id=statement, now=NOW)
    after = _held(therapist, part)
    assert {**after, "id": 0} == {**before, "id": 0}
    assert api.statements_waiting() == ()


def test_a_licence_that_was_denied_does_not_come_back_with_an_older_roster() -> None:
    therapist = a_therapist()
    licence = _licence(therapist)
    api.deny(therapist_id=therapist.pk, part="licence", fact_id=licence.pk, now=NOW)
    said = LicenceRecord("MA", licence.kind, licence.number, "active", provenance(LONG_AGO))
    roster(therapist, LONG_AGO, licences=(said,))
    assert not Licence.objects.filter(therapist=therapist).exists()


def test_taking_back_a_declared_licence_takes_it_away() -> None:
    therapist = a_therapist(licensed_in=[])
    api.declare_licence(therapist_id=therapist.pk, jurisdiction="NH", kind="psychologist", number="77", now=NOW)
    api.take_back(therapist_id=therapist.pk, statement_id=api.statements_waiting()[0].id, now=NOW)
    assert not Licence.objects.filter(therapist=therapist).exists()


def test_what_is_settled_stays_settled() -> None:
    therapist = a_therapist()
    statement = api.deny(therapist_id=therapist.pk, part="licence", fact_id=_licence(therapist).pk, now=NOW)
    api.settle(statement_id=statement, confirmed=True, by="staff:7", now=NOW)
    with pytest.raises(api.NotYours):
        api.take_back(therapist_id=therapist.pk, statement_id=statement, now=NOW)
    with pytest.raises(api.NotYours):
        api.settle(statement_id=statement, confirmed=False, by="staff:7", now=NOW)


def test_a_contract_that_ends_before_it_starts_is_refused() -> None:
    therapist, network = a_therapist(), a_network()
    with pytest.raises(api.StatementWrong, match="before the first"):
        api.declare_contract(
            therapist_id=therapist.pk,
            network_id=network.pk,
            jurisdiction="MA",
            starts_on=TODAY,
            ends_on=TODAY - timedelta(days=1),
            now=NOW,
        )


@pytest.mark.parametrize(
    ("licence", "words"),
    [
        ({"jurisdiction": "XX", "kind": "psychologist", "number": "1"}, "state"),
        ({"jurisdiction": "MA", "kind": "wizard", "number": "1"}, "kind"),
        ({"jurisdiction": "MA", "kind": "psychologist", "number": "  "}, "number"),
    ],
)
def test_a_licence_that_nobody_could_look_up_is_refused(licence: dict[str, str], words: str) -> None:
    therapist = a_therapist()
    with pytest.raises(api.StatementWrong, match=words):
        api.declare_licence(therapist_id=therapist.pk, now=NOW, **licence)


def test_the_database_knows_one_open_statement_a_fact() -> None:
    therapist = a_therapist()
    api.affirm(therapist_id=therapist.pk, part="licence", fact_id=_licence(therapist).pk, now=NOW)
    said = Statement.objects.get()
    said.pk = None
    with pytest.raises(IntegrityError), transaction.atomic():
        said.save(force_insert=True)


# Nobody else's

ANOTHERS: list[Callable[[int, int, int, int], object]] = [
    lambda me, licence, _c, _p: api.affirm(therapist_id=me, part="licence", fact_id=licence, now=NOW),
    lambda me, licence, _c, _p: api.deny(therapist_id=me, part="licence", fact_id=licence, now=NOW),
    lambda me, _l, contract, _p: api.affirm(therapist_id=me, part="contract", fact_id=contract, now=NOW),
    lambda me, _l, contract, _p: api.deny(therapist_id=me, part="contract", fact_id=contract, now=NOW),
    lambda me, licence, _c, _p: api.deny(therapist_id=me, part="location", fact_id=licence, now=NOW),
    lambda me, _l, _c, place: api.drop_place(therapist_id=me, place_id=place, now=NOW),
]


@pytest.mark.parametrize("act", ANOTHERS)
def test_nobody_speaks_for_another(act: Callable[[int, int, int, int], object]) -> None:
    other = a_therapist(networks=[a_network()], places_in=["MA"])
    me = a_therapist(networks=[a_network()])
    ids = (_licence(other).pk, Contract.objects.get(therapist=other).pk, Location.objects.get(therapist=other).pk)
    with pytest.raises(api.NotYours):
        act(me.pk, *ids)
    assert Statement.objects.count() == 0
    assert Location.objects.filter(therapist=other).exists()


def test_anothers_statement_is_not_taken_back() -> None:
    other, me = a_therapist(), a_therapist()
    statement = api.deny(therapist_id=other.pk, part="licence", fact_id=_licence(other).pk, now=NOW)
    with pytest.raises(api.NotYours):
        api.take_back(therapist_id=me.pk, statement_id=statement, now=NOW)


def test_whoever_was_removed_says_nothing_more() -> None:
    therapist = a_therapist(removed_on=TODAY)
    with pytest.raises(api.NotYours):
        api.attest(therapist_id=therapist.pk, now=NOW)


# What is read and kept


def test_own_facts_take_four_queries_however_many_there_are(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    therapist = a_therapist(networks=[a_network()])
    for place in ("NH", "VT", "ME", "RI", "CT"):
        a_licence(therapist, jurisdiction=place)
        a_contract(therapist, a_network(), jurisdiction=place)
    api.attest(therapist_id=therapist.pk, now=NOW)
    with django_assert_num_queries(4):
        found = api.own_facts(therapist.pk, TODAY)
    assert (len(found.licences), len(found.contracts), len(found.waiting)) == (6, 6, 12)


def test_what_has_ended_is_shown_to_its_therapist_as_ended() -> None:
    therapist = a_therapist(licensed_in=[])
    a_licence(therapist, expires_on=TODAY - timedelta(days=1))
    (licence,) = api.own_facts(therapist.pk, TODAY).licences
    assert not licence.stands


def test_the_trail_tells_that_something_was_said_and_never_what() -> None:
    therapist = a_therapist()
    api.describe(therapist_id=therapist.pk, words=WORDS, now=NOW)
    api.state_traits(therapist_id=therapist.pk, traits={"identity": ["transgender"]}, now=NOW)
    told = " ".join(f"{event.action} {event.detail}" for event in Event.objects.all())
    assert WORDS.about not in told
    assert "transgender" not in told


def _licence(therapist: Therapist) -> Licence:
    return Licence.objects.get(therapist=therapist)


def _held(therapist: Therapist, part: str) -> dict[str, Any]:
    if part == "licence":
        return dict(Licence.objects.values().get(therapist=therapist))
    return dict(Contract.objects.values().get(therapist=therapist))
