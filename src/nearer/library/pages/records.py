"""An article's public record: when it was reviewed, by whom, and what changed since."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nearer.library.api import LedgerLine

STEPS = {
    "written": _("Written"),
    "changed": _("Changed"),
    "checked": _("Evidence checked"),
    "signed": _("Reviewed and signed"),
    "refused": _("Changes asked for"),
    "published": _("Published"),
    "void": _("Signature no longer covers the text"),
    "due": _("Review fell due"),
    "expired": _("Taken down: not reviewed in time"),
    "taken down": _("Taken down"),
    "withdrawn": _("Withdrawn"),
    "typo": _("Slip of the pen mended"),
}
PARTS = {
    "author": _("author"),
    "evidence": _("evidence"),
    "clinical": _("clinical review"),
    "second": _("second review"),
}
#: Steps whose name says what was decided.
PLAIN = frozenset({"signed", "checked"})
NOBODY = {"the system": _("Nearer, by itself"), "somebody who may write": _("Somebody who may write here")}


@dataclass(frozen=True, slots=True)
class Change:
    """A line that went ("-") or came ("+")."""

    is_new: bool
    text: str


@dataclass(frozen=True, slots=True)
class Entry:
    """One step, in words. What people wrote in it stands as they wrote it."""

    line: LedgerLine
    step: str | Promise
    who: str | Promise
    part: str | Promise
    decision: str
    changes: tuple[Change, ...]


@dataclass(frozen=True, slots=True)
class Record:
    """The whole record, newest first; the signatures of the last review; how many changes were saved since."""

    entries: tuple[Entry, ...]
    last: tuple[Entry, ...]
    changed_since: int


def record(lines: Sequence[LedgerLine]) -> Record:
    """Return a record from the ledger's lines, which come oldest first."""
    entries = tuple(_entry(line) for line in lines)
    signed = [entry for entry in entries if entry.line.step == "signed"]
    last = tuple(entry for entry in signed if entry.line.text_hash == signed[-1].line.text_hash)
    after = signed[-1].line.position if signed else 0
    changed = sum(line.step in {"changed", "typo"} for line in lines if line.position > after)
    return Record(entries[::-1], last, changed)


def _entry(line: LedgerLine) -> Entry:
    return Entry(
        line=line,
        step=STEPS.get(line.step, line.step),
        who=NOBODY.get(line.who, line.who),
        part=PARTS.get(line.part, line.part),
        decision="" if line.step in PLAIN else line.decision,
        changes=tuple(Change(text.startswith("+ "), text[2:]) for text in line.changes),
    )
