"""What one person asks of matching, as numbers. Words become numbers in `matching.queries`; nothing here is stored."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import Enum
from typing import Literal, get_args

Kind = Literal["concern", "approach", "style", "language", "identity", "modality"]
KINDS: tuple[Kind, ...] = get_args(Kind)

Part = Literal["weekday_morning", "weekday_afternoon", "weekday_evening", "weekend"]
#: Parts of the week in the client's zone: local hours from 6 to 12, 12 to 17, 17 to 22; all of Saturday and Sunday.
PARTS: tuple[Part, ...] = get_args(Part)

#: The bits of a modality mask, in the order of the directory's vocabulary.
TELEHEALTH = 0b01
IN_PERSON = 0b10


class Strength(Enum):
    """How much a wish matters. It decides who appears, never how anyone who appears is scored."""

    NICE = "nice"
    MUST = "must"


@dataclass(frozen=True, slots=True)
class Wish:
    """Something the client said matters to them: the chosen codes of one kind, as bits of `mask`.

    For every kind alike: a MUST is met by a therapist who has at least one of the chosen codes, and several MUSTs of
    one kind each need one; the fit counts the share of the chosen codes met, over all wishes of a criterion,
    whatever the strength. A modality counts as had only where the therapist
    may use it with this client: see `Request.jurisdictions`.

    :raises ValueError: the mask chooses nothing, or more than 64 codes.
    """

    kind: Kind
    mask: int
    strength: Strength = Strength.NICE

    def __post_init__(self) -> None:
        if not 0 < self.mask < 1 << 64:
            raise ValueError(f"a wish about {self.kind} chooses between 1 and 64 codes")
        if self.kind == "modality" and self.mask > (TELEHEALTH | IN_PERSON):
            raise ValueError("a wish about modality knows telehealth and in person")


@dataclass(frozen=True, slots=True)
class Request:
    """What one person, or a couple, asks of one pool.

    `jurisdictions` are bit numbers: where the client will be, then where the partner will be if elsewhere.
    Telehealth needs a licence in all of them; in person needs an office in the first, where both will sit, and is
    meant by people in two jurisdictions only if they wish for it: see `ways`.
    `networks` are the networks that the plan pays for, one of which must hold the therapist; None: the client
    pays themselves, and the therapist must take that. `ages` holds one bit per age band, all of them needed.
    `times` are parts of the week in `zone` (IANA); none chosen means any time; `partner_times` are those of a second
    person in `partner_zone`, and a time has to suit both. Nothing starts within `apart` (from, until). Openings
    count from the local midnight `lead_days` after today to the end of the day `horizon_days` after today. `excluded`
    are therapists with a conflict of interest; whoever has a code of `avoided` is left out too. `seed`
    orders ties, and replays them.

    :raises ValueError: no or too many jurisdictions, a plan without networks, a code wished for twice (other than in
        two musts, as two people may have), a horizon that ends before it begins.
    """

    jurisdictions: tuple[int, ...]
    networks: frozenset[int] | None
    ages: int
    zone: str
    wishes: tuple[Wish, ...] = ()
    times: frozenset[Part] = frozenset()
    partner_times: frozenset[Part] = frozenset()
    partner_zone: str = "UTC"
    apart: tuple[tuple[datetime, datetime], ...] = ()
    excluded: frozenset[int] = frozenset()
    avoided: tuple[Wish, ...] = ()
    lead_days: int = 1
    horizon_days: int = 14
    seed: int = 0

    def __post_init__(self) -> None:
        if not 1 <= len(self.jurisdictions) <= 2 or not all(0 <= bit < 64 for bit in self.jurisdictions):  # noqa: PLR2004
            raise ValueError("a request names one jurisdiction, or two for a couple")
        if not 0 <= self.ages < 1 << 8:
            raise ValueError("a request knows eight age bands")
        if self.networks is not None and not self.networks:
            raise ValueError("a plan pays for at least one network")
        if not 0 <= self.lead_days <= self.horizon_days:
            raise ValueError("the horizon ends on or after the first day that may be booked")
        if not self.times | self.partner_times <= set(PARTS):
            raise ValueError(f"the parts of the week are {', '.join(PARTS)}")
        _check_once(self.wishes)

    @property
    def ways(self) -> int:
        """The modalities that will do: in person, people in two jurisdictions must have said that they would travel."""
        chosen = any(wish.kind == "modality" and wish.mask & IN_PERSON for wish in self.wishes)
        return TELEHEALTH | IN_PERSON if chosen or len(self.jurisdictions) == 1 else TELEHEALTH


def _check_once(wishes: Iterable[Wish]) -> None:
    seen: dict[Kind, int] = {}
    nices: dict[Kind, int] = {}
    for wish in wishes:
        before = seen if wish.strength is Strength.NICE else nices
        if before.get(wish.kind, 0) & wish.mask:
            raise ValueError(f"the wishes about {wish.kind} name a code twice")
        seen[wish.kind] = seen.get(wish.kind, 0) | wish.mask
        if wish.strength is Strength.NICE:
            nices[wish.kind] = nices.get(wish.kind, 0) | wish.mask
