"""Drawing what someone might ask: one random visitor after another, from what there is and a seed."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from random import Random

from nearer.care.rules.answers import ME, MUST, NICE, SERVICES_FOR, US, Answers, Wish
from nearer.care.rules.zones import OFFERED

#: How often each is asked for; what matters is that all of it is, not that it is as often as people do.
WHO: Mapping[str, int] = dict.fromkeys(SERVICES_FOR, 1) | {ME: 6, US: 3}
MODALITIES: Mapping[str | None, int] = {None: 6, "telehealth": 3, "in_person": 1}
PAYS_SELF, ELSEWHERE, TRAVELS, PICKY, OLDER = 0.2, 0.25, 0.1, 0.3, 0.15
MOST_WISHES, MOST_TIMES = 3, 2
SEEDS = 2**31


@dataclass(frozen=True, slots=True)
class Market:
    """What can be asked for: how many therapists each place has, its plans and its clock; traits and times."""

    places: Mapping[str, int]
    plans: Mapping[str, Sequence[int]]
    zones: Mapping[str, str]
    traits: Mapping[str, Sequence[str]]
    times: Sequence[str]


def drawn(random: Random, market: Market) -> Answers:
    """Return what one visitor answered."""
    place, who = _one(random, market.places), _one(random, WHO)
    together = who != ME
    elsewhere = together and random.random() < ELSEWHERE
    plans = market.plans.get(place, ())
    return Answers(
        who=who,
        jurisdiction=place,
        zone=random.choice(OFFERED) if random.random() < TRAVELS else market.zones[place],
        seed=random.randrange(SEEDS),
        complete=True,
        plan_id=random.choice(plans) if plans and random.random() >= PAYS_SELF else None,
        age=_age(random),
        partner_jurisdiction=(_one(random, market.places) if elsewhere else place) if together else None,
        partner_age=_age(random) if together else None,
        modality=_one(random, MODALITIES),
        wishes=tuple(_wishes(random, market.traits)),
        times=tuple(random.sample(list(market.times), random.randint(1, MOST_TIMES)))
        if random.random() < PICKY
        else (),
    )


def _wishes(random: Random, traits: Mapping[str, Sequence[str]]) -> list[Wish]:
    kinds = random.sample(sorted(traits), random.randint(0, min(MOST_WISHES, len(traits))))
    return [
        Wish(
            kind,
            tuple(random.sample(list(traits[kind]), random.randint(1, min(2, len(traits[kind]))))),
            MUST if random.random() < PICKY else NICE,
        )
        for kind in kinds
    ]


def _age(random: Random) -> str:
    return "older" if random.random() < OLDER else "adult"


def _one(random: Random, weights: Mapping[str, int] | Mapping[str | None, int]) -> str:
    (chosen,) = random.choices(list(weights), list(weights.values()))
    return chosen  # type: ignore[return-value]
