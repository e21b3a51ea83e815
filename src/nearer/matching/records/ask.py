"""What one person asks of matching. Held in memory and in a sealed token, never in a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

MUST = "must"
NICE = "nice"

#: The parts of a week that can be asked for, in the client's zone.
TIMES: Mapping[str, Promise] = MappingProxyType(
    {
        "weekday_morning": _("weekday mornings"),
        "weekday_afternoon": _("weekday afternoons"),
        "weekday_evening": _("weekday evenings"),
        "weekend": _("weekends"),
    }
)


@dataclass(frozen=True, slots=True)
class AskWish:
    """Something the client stated: any of `codes` meets it. A must shuts out who has none; a nice one counts."""

    kind: str
    codes: tuple[str, ...]
    strength: str = NICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A client's request, without a word about who they are.

    `plan_id` None means that they pay themselves. `modality` None means that either will do. `times` empty
    means any. `zone` is the IANA zone they read times in. `seed` breaks ties, and replays the answer.
    `excluded` are therapists that are not to be shown: a partner's own, or any that were passed over.
    """

    jurisdiction: str
    service: str
    plan_id: int | None
    age_bands: tuple[str, ...]
    zone: str
    seed: int
    partner_jurisdiction: str | None = None
    modality: str | None = None
    wishes: tuple[AskWish, ...] = ()
    times: frozenset[str] = frozenset()
    excluded: frozenset[int] = frozenset()

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """Where a licence is needed: the client's jurisdiction, then the partner's if it is another."""
        there = self.partner_jurisdiction
        return (self.jurisdiction,) if there in (None, self.jurisdiction) else (self.jurisdiction, str(there))
