from __future__ import annotations

from datetime import date
from itertools import chain

import pytest

from nearer.directory import vocabulary
from nearer.directory.records import DiaryRecord, TherapistRecord
from nearer.directory.sources import npi, synthetic

TODAY = date(2026, 11, 23)
MANY = 3000


def _therapists(count: int, seed: int = 7) -> list[TherapistRecord]:
    return list(chain.from_iterable(batch.therapists for batch in synthetic.read(count, seed=seed, today=TODAY)))


def _diaries(count: int) -> list[DiaryRecord]:
    return list(chain.from_iterable(batch.diaries for batch in synthetic.read(count, seed=7, today=TODAY)))


@pytest.fixture(scope="module")
def many() -> list[TherapistRecord]:
    return _therapists(MANY)


def test_the_same_seed_gives_the_same_network() -> None:
    assert list(synthetic.read(700, seed=3, today=TODAY)) == list(synthetic.read(700, seed=3, today=TODAY))


def test_another_seed_gives_another_network() -> None:
    assert _therapists(50, seed=1) != _therapists(50, seed=2)


def test_a_larger_network_starts_like_a_smaller_one() -> None:
    assert _therapists(700)[:120] == _therapists(120)


def test_no_npi_could_be_a_real_one_and_each_passes_its_check_digit(many: list[TherapistRecord]) -> None:
    assert all(person.npi.startswith("9") and npi.fault(person.npi) is None for person in many)
    assert len({person.npi for person in many}) == MANY


def test_every_therapist_says_that_they_are_for_demonstration(many: list[TherapistRecord]) -> None:
    assert all(person.is_demonstration and person.family_name.endswith("(demo)") for person in many)


def test_every_code_is_a_word_of_the_vocabulary(many: list[TherapistRecord]) -> None:
    for person in many:
        assert all(trait.code in vocabulary.TRAITS[trait.kind] for trait in person.traits or ())
        assert all(service.kind in vocabulary.SERVICES for service in person.services or ())
        assert all(licence.kind in vocabulary.LICENCES for licence in person.licences or ())
        assert all(licence.jurisdiction in vocabulary.JURISDICTIONS for licence in person.licences or ())
        assert all(set(service.ages) <= set(vocabulary.AGE_BANDS) for service in person.services or ())


def test_no_therapist_has_a_fact_twice(many: list[TherapistRecord]) -> None:
    for person in many:
        traits = [(trait.kind, trait.code) for trait in person.traits or ()]
        licences = [(licence.jurisdiction, licence.kind, licence.number) for licence in person.licences or ()]
        contracts = [(one.payer, one.network, one.jurisdiction, one.starts_on) for one in person.contracts or ()]
        assert len(set(traits)) == len(traits)
        assert len(set(licences)) == len(licences)
        assert len(set(contracts)) == len(contracts)


def test_every_contract_is_with_a_network_of_the_market_and_ends_after_it_starts(many: list[TherapistRecord]) -> None:
    market = next(synthetic.read(1, seed=7, today=TODAY))
    networks = {(network.payer, network.code) for network in market.networks}
    for contract in chain.from_iterable(person.contracts or () for person in many):
        assert (contract.payer, contract.network) in networks
        assert contract.ends_on is None or contract.ends_on >= contract.starts_on


def test_plans_pay_for_networks_that_exist_and_some_for_another_payers() -> None:
    market = next(synthetic.read(1, seed=7, today=TODAY))
    networks = {(network.payer, network.code) for network in market.networks}
    assert all((payer, code) in networks for plan in market.plans for payer, code, _tier in plan.networks)
    assert any(payer != plan.payer for plan in market.plans for payer, _code, _tier in plan.networks)
    assert len({(plan.payer, plan.code) for plan in market.plans}) == len(market.plans)


def test_every_jurisdiction_has_plans_of_several_payers() -> None:
    market = next(synthetic.read(1, seed=7, today=TODAY))
    for jurisdiction in vocabulary.JURISDICTIONS:
        payers = {plan.payer for plan in market.plans if jurisdiction in plan.jurisdictions}
        assert len(payers) >= 6, jurisdiction


def test_the_spread_is_that_of_a_real_network(many: list[TherapistRecord]) -> None:
    trained = sum(1 for person in many if person.couples_training) / MANY
    several = sum(1 for person in many if len(person.licences or ()) > 1) / MANY
    closed = sum(1 for person in many if not person.accepting) / MANY
    homes = [person.licences[0].jurisdiction for person in many if person.licences]
    assert 0.30 < trained < 0.40
    assert 0.25 < several < 0.60
    assert 0.05 < closed < 0.20
    assert 0.08 < homes.count("CA") / MANY < 0.16
    assert len(set(homes)) > 45


def test_some_facts_are_too_old_but_most_hold(many: list[TherapistRecord]) -> None:
    contracts = list(chain.from_iterable(person.contracts or () for person in many))
    stale = sum(1 for contract in contracts if contract.provenance.expires_on < TODAY) / len(contracts)
    assert 0.01 < stale < 0.06


def test_hours_reach_into_evenings_and_weekends() -> None:
    diaries = _diaries(1000)
    evenings = sum(1 for diary in diaries if any(hours.end_minute > 18 * 60 for hours in diary.hours))
    weekends = sum(1 for diary in diaries if any(hours.weekday >= 5 for hours in diary.hours))
    assert all(diary.hours for diary in diaries)
    assert 200 < evenings < 600
    assert 150 < weekends < 400


def test_some_are_full() -> None:
    full = sum(
        1 for diary in _diaries(1000) if diary.settings["caseload_elsewhere"] >= diary.settings["caseload_limit"]
    )
    assert 40 < full < 130


@pytest.mark.parametrize("count", [0, -1, synthetic.MOST + 1])
def test_a_network_has_a_sensible_size(count: int) -> None:
    with pytest.raises(ValueError, match=str(count)):
        next(synthetic.read(count, seed=7, today=TODAY))
