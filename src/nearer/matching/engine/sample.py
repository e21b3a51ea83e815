"""Made-up requests, drawn by seed: they stand for nobody, and say how a therapist would fare with many kinds of asks.

The shares are chosen so that each constraint is asked about often enough to be seen. They say nothing of demand.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from random import Random

from nearer.matching.engine.request import IN_PERSON, PARTS, TELEHEALTH, Kind, Request, Strength, Wish

#: Bits of the directory's vocabulary of ages: adult and older.
ADULT, OLDER = 0b0100, 0b1000
PAYS_SELF, IS_OLDER, CHOOSES_WAY, CHOOSES_TIMES, HAS_MUST = 0.2, 0.15, 0.35, 0.5, 0.45
#: What may be a must, and how many codes of it there are to draw from.
MUSTS: tuple[tuple[Kind, int], ...] = (("language", 3), ("identity", 3), ("concern", 12), ("style", 4), ("approach", 6))
MOST_TIMES = 2


def drawn(place: int, zone: str, panels: Sequence[frozenset[int]], *, random: Random, count: int) -> Iterator[Request]:
    """Yield made-up requests of people in one jurisdiction.

    :param panels: the networks that each plan sold there pays for; plans that pay for none are never drawn.
    """
    paying = [networks for networks in panels if networks]
    for _ in range(count):
        pays_self = not paying or random.random() < PAYS_SELF
        yield Request(
            jurisdictions=(place,),
            networks=None if pays_self else random.choice(paying),
            ages=OLDER if random.random() < IS_OLDER else ADULT,
            zone=zone,
            wishes=tuple(_wishes(random)),
            times=frozenset(random.sample(PARTS, random.randint(1, MOST_TIMES)))
            if random.random() < CHOOSES_TIMES
            else frozenset(),
        )


def _wishes(random: Random) -> Iterator[Wish]:
    if random.random() < CHOOSES_WAY:
        yield Wish("modality", random.choice((TELEHEALTH, TELEHEALTH, IN_PERSON)), Strength.MUST)
    if random.random() < HAS_MUST:
        kind, codes = random.choice(MUSTS)
        yield Wish(kind, 1 << random.randrange(codes), Strength.MUST)
