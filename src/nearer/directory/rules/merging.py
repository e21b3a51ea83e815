"""What becomes of what several sources say of one therapist.

One source may correct itself freely; between two sources, the one that checked last is believed.
"""

from __future__ import annotations

from collections.abc import Hashable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from nearer.directory.records import Provenance, TherapistRecord

#: What a record may leave unsaid.
_OPTIONAL = ("time_zone", "accepting", "pronouns", "about", "couples_training")
#: What no source may blank out by saying nothing.
_NAMES = ("given_name", "family_name", "credentials")
#: What a source that is not believed may still add where nothing is known.
_TEXTS = (*_NAMES, "pronouns", "about", "couples_training")

_Key = TypeVar("_Key", bound=Hashable)
#: A fact that is said: what names it, its values in the order of its table's columns, and who says so.
Said = tuple[_Key, tuple[Any, ...], Provenance]


@dataclass(frozen=True, slots=True)
class Held:
    """A fact that is held: its id, and its values in the order of its table's columns."""

    id: int
    values: tuple[Any, ...]
    source: str
    verified_on: date


@dataclass(frozen=True, slots=True)
class Changes:
    """What is to be written so that the facts of one kind say what they should."""

    new: list[tuple[Any, ...]] = field(default_factory=list)
    changed: list[tuple[int, tuple[Any, ...]]] = field(default_factory=list)
    gone: list[int] = field(default_factory=list)

    def __bool__(self) -> bool:
        return bool(self.new or self.changed or self.gone)

    def include(self, other: Changes) -> None:
        self.new.extend(other.new)
        self.changed.extend(other.changed)
        self.gone.extend(other.gone)


def merge(held: Mapping[_Key, Held], said: Sequence[Said[_Key]], source: str) -> Changes:
    """Return how to bring the facts of one kind to what a source now says, given whole.

    What the same source said before and no longer says is gone; what another source says stays,
    unless this one has checked the very same fact later. Of a fact said twice, the later check counts.
    """
    changes = Changes()
    spoken = _latest(said)
    for key, (values, provenance) in spoken.items():
        known = held.get(key)
        if known is None:
            changes.new.append(values)
        elif known.values != values and _believed(provenance, known.source, known.verified_on):
            changes.changed.append((known.id, values))
    changes.gone.extend(fact.id for key, fact in held.items() if fact.source == source and key not in spoken)
    return changes


def merged_therapist(held: Mapping[str, Any] | None, record: TherapistRecord) -> dict[str, Any]:
    """Return a therapist's own columns after a source has spoken.

    Whoever one source removed stays removed until that source says otherwise.
    """
    if held is None:
        unsaid = {**dict.fromkeys(_TEXTS, ""), "time_zone": "UTC", "accepting": False}
        return {"npi": record.npi, **unsaid, **_stated(record), **_owned(record)}
    if not _speaks(held, record):
        return {**held, **{name: getattr(record, name) or "" for name in _TEXTS if not held[name]}}
    owned = _owned(record)
    owned["is_demonstration"] = record.is_demonstration or held["is_demonstration"]
    return {**held, **_stated(record), **owned}


def _latest(said: Sequence[Said[_Key]]) -> dict[_Key, tuple[tuple[Any, ...], Provenance]]:
    spoken: dict[_Key, tuple[tuple[Any, ...], Provenance]] = {}
    for key, values, provenance in said:
        if key not in spoken or provenance.verified_on > spoken[key][1].verified_on:
            spoken[key] = (values, provenance)
    return spoken


def _believed(provenance: Provenance, source: str, verified_on: date) -> bool:
    return provenance.source == source or provenance.verified_on > verified_on


def _speaks(held: Mapping[str, Any], record: TherapistRecord) -> bool:
    if record.removed_on is not None or record.provenance.source == held["source"]:
        return True
    return held["removed_on"] is None and record.provenance.verified_on > held["verified_on"]


def _stated(record: TherapistRecord) -> dict[str, Any]:
    names = {name: getattr(record, name) for name in _NAMES if getattr(record, name)}
    return names | {name: getattr(record, name) for name in _OPTIONAL if getattr(record, name) is not None}


def _owned(record: TherapistRecord) -> dict[str, Any]:
    provenance = record.provenance
    return {
        "source": provenance.source,
        "source_id": provenance.source_id,
        "verified_on": provenance.verified_on,
        "expires_on": provenance.expires_on,
        "removed_on": record.removed_on,
        "is_demonstration": record.is_demonstration,
    }
