"""What one person asks of matching. Held in memory and in a sealed token, never in a row."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from types import MappingProxyType

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nearer.directory.api import vocabulary
from nearer.foundation.timerange import TimeRange

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


_DIMENSION: Mapping[str, str] = MappingProxyType(
    {code: dimension for dimension, codes in vocabulary.IDENTITY_DIMENSIONS.items() for code in codes}
)


@dataclass(frozen=True, slots=True)
class AskWish:
    """Something the client stated. A must shuts out who does not meet its `demands`; a nice one counts."""

    kind: str
    codes: tuple[str, ...]
    strength: str = NICE

    @property
    def demands(self) -> tuple[tuple[str, ...], ...]:
        """The codes in groups, of each of which a must needs at least one.

        Of identities, those of one dimension are a group; each concern is one of its own, as who asks for help with
        two needs help with both; of languages, styles and approaches any one will do.
        """
        if self.kind == "concern":
            return tuple((code,) for code in self.codes)
        groups: dict[str, tuple[str, ...]] = {}
        for code in self.codes:
            dimension = _DIMENSION.get(code, "") if self.kind == "identity" else ""
            groups[dimension] = (*groups.get(dimension, ()), code)
        return tuple(groups.values())


@dataclass(frozen=True, slots=True, kw_only=True)
class Ask:
    """A client's request, without a word about who they are.

    `plan_id` None means that they pay themselves. `modality` None: see `modalities`. `times` empty
    means any. `zone` is the IANA zone they read times in. `seed` breaks ties, and replays the answer.
    `excluded` are therapists that are not to be shown: a partner's own, or any that were passed over. Nor is anyone who
    has a code that `avoid` names. Of two people who
    ask together `partner_times` are the other's, in `partner_zone`. Nothing is to start within `apart`.
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
    partner_times: frozenset[str] = frozenset()
    partner_zone: str = "UTC"
    apart: tuple[TimeRange, ...] = ()
    excluded: frozenset[int] = frozenset()
    avoid: tuple[AskWish, ...] = ()

    @property
    def jurisdictions(self) -> tuple[str, ...]:
        """Where a licence is needed: the client's jurisdiction, then the partner's if it is another."""
        there = self.partner_jurisdiction
        return (self.jurisdiction,) if there in (None, self.jurisdiction) else (self.jurisdiction, str(there))

    @property
    def modalities(self) -> tuple[str, ...]:
        """The ways that will do, the preferred one first.

        Where none was chosen either will do; but a couple in two jurisdictions meets by video, since meeting in
        person would have one of them travel to the other's.
        """
        if self.modality is not None:
            return (self.modality,)
        return tuple(vocabulary.MODALITIES) if len(self.jurisdictions) == 1 else ("telehealth",)
