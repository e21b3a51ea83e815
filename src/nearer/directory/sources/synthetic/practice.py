"""How a therapist who does not exist works: services, traits, words, hours, and how full they are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from functools import cache
from random import Random

from nearer.directory.records import DiaryRecord, HoursRecord, ServiceRecord, TraitRecord
from nearer.directory.sources.provenance import provenance
from nearer.directory.sources.synthetic.market import SOURCE
from nearer.directory.sources.synthetic.spread import Weights, shares, spread, weights

SATURDAY, SUNDAY = 5, 6


@dataclass(frozen=True, slots=True)
class Practice:
    """What is drawn first, because the rest follows from it. `fee` in whole US dollars."""

    kinds: tuple[str, ...]
    fee: int
    concerns: tuple[str, ...]
    approaches: tuple[str, ...]
    styles: tuple[str, ...]
    languages: tuple[str, ...]
    identities: tuple[str, ...]
    couples_training: str
    about: str


def practice(random: Random, *, kind: str, gender: str, couples: bool) -> Practice:
    concerns = shares("concerns").draw_some(random, random.randrange(5, 10))
    approaches = shares("approaches").draw_some(random, random.randrange(2, 6))
    training = ""
    if couples:
        learned = shares("couples_approaches").draw(random)
        approaches = [learned, *approaches]
        concerns = [*random.sample(spread()["couples_concerns"], 4), *concerns]
        training = spread()["training"][learned]
    identities = shares("identities").draw_some(random, random.randrange(4)) if random.random() < 0.8 else []  # noqa: PLR2004
    languages = shares("languages").draw_some(random, 2 if random.random() < 0.15 else 1)  # noqa: PLR2004
    return Practice(
        kinds=_kinds(random, couples=couples),
        fee=int(random.gauss(1, 0.2) * spread()["fees"][kind] / 5) * 5,
        concerns=tuple(dict.fromkeys(concerns)),
        approaches=tuple(dict.fromkeys(approaches)),
        styles=tuple(shares("styles").draw_some(random, 3)),
        languages=("en", *(languages if random.random() < 0.24 else ())),  # noqa: PLR2004
        identities=tuple(dict.fromkeys((gender, *identities))) if random.random() < 0.9 else (),  # noqa: PLR2004
        couples_training=training,
        about=f"{random.choice(spread()['opening_words'])} {random.choice(spread()['closing_words'])}",
    )


def _kinds(random: Random, *, couples: bool) -> tuple[str, ...]:
    """Return the services: nearly everyone sees individuals, and some offer couples therapy without training in it."""
    alone = ("individual",) if not couples or random.random() < 0.94 else ()  # noqa: PLR2004
    together = ("couples",) if couples or random.random() < 0.04 else ()  # noqa: PLR2004
    return (*alone, *together, *(("family",) if random.random() < 0.14 else ()))  # noqa: PLR2004


def services(random: Random, facts: Practice, npi: str, *, in_person: bool, today: date) -> tuple[ServiceRecord, ...]:
    """Return the services; who has a room may work by video too, and who has none works by video alone."""
    ages = ["adult"]
    if random.random() < 0.55:  # noqa: PLR2004
        ages.append("older")
    if random.random() < 0.3:  # noqa: PLR2004
        ages.insert(0, "teen")
    if random.random() < 0.12:  # noqa: PLR2004
        ages.insert(0, "child")
    telehealth = not in_person or random.random() < 0.88  # noqa: PLR2004
    fee = max(60, facts.fee) * 100
    checked = provenance("service", source=SOURCE, source_id=npi, verified_on=today)
    return tuple(
        ServiceRecord(
            kind=kind,
            intake_minutes=90 if kind == "couples" and random.random() < 0.3 else 60,  # noqa: PLR2004
            session_minutes=50 if kind == "individual" else 60,
            ages=tuple(ages) if kind != "couples" else tuple(age for age in ages if age in ("adult", "older")),
            telehealth=telehealth,
            in_person=in_person,
            intake_fee_cents=fee * (6 if kind == "individual" else 7) // 5,
            session_fee_cents=fee * (5 if kind == "individual" else 6) // 5,
            provenance=checked,
        )
        for kind in facts.kinds
    )


def traits(facts: Practice, npi: str, today: date) -> tuple[TraitRecord, ...]:
    checked = provenance("trait", source=SOURCE, source_id=npi, verified_on=today)
    told = {
        "concern": facts.concerns,
        "approach": facts.approaches,
        "style": facts.styles,
        "language": facts.languages,
        "identity": facts.identities,
    }
    return tuple(TraitRecord(kind, code, checked) for kind, codes in told.items() for code in codes)


def diary(random: Random, npi: str, time_zone: str) -> DiaryRecord:
    """Return weekly hours, one in four with a day at the weekend, and the limits; about one in twelve is full."""
    pattern = spread()["hours"][_patterns().draw(random)]
    hours = [
        HoursRecord(weekday, start, end)
        for weekday in pattern["weekdays"]
        if random.random() < 0.9  # noqa: PLR2004
        for start, end in pattern["windows"]
    ]
    if random.random() < 0.25 or not hours:  # noqa: PLR2004
        hours.append(HoursRecord(random.choice((SATURDAY, SATURDAY, SUNDAY)), 540, random.choice((780, 840, 960))))
    limit = random.choice((12, 18, 22, 26, 30, 40))
    elsewhere = limit if random.random() < 0.08 else random.randrange(limit)  # noqa: PLR2004
    settings = {
        "weekly_new_clients": random.choice((1, 1, 2, 2, 3, 4, 5)),
        "caseload_limit": limit,
        "caseload_elsewhere": elsewhere,
        "buffer_after_minutes": random.choice((0, 10, 10, 15)),
        "increment_minutes": random.choice((30, 30, 60, 15)),
    }
    return DiaryRecord(npi, time_zone, tuple(hours), settings)


@cache
def _patterns() -> Weights:
    return weights({name: pattern["weight"] for name, pattern in spread()["hours"].items()})
