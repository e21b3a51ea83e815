"""What is learnt from a fit that wasn't: the next search leaves out what failed and keeps all else."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import replace

from nearer.care.rules.answers import MUST, Answers, Wish

#: Reasons that name no trait; each changes the search in its own way, or not at all.
WAY, TIMES, KNOWS, HEARD, PRACTICAL, OTHER = "way", "times", "knows", "heard", "practical", "other"
GENERAL = (KNOWS, HEARD, WAY, TIMES, PRACTICAL, OTHER)
#: The kinds of trait that may be what failed.
KINDS = ("style", "approach")
_OTHER_WAY = {"telehealth": "in_person", "in_person": "telehealth"}


def reason(kind: str, code: str) -> str:
    """Return the reason that stands for one trait of a therapist."""
    return f"{kind}:{code}"


def learnt(answers: Answers, reasons: Collection[str], *, modality: str) -> Answers:
    """Return the search that follows: whoever has what failed is left out, and all else stays as it was answered.

    `modality` is how they met: where that was the reason, the other way is asked for. Where a therapist did not know
    enough, the concerns that were wishes become musts. Where the times did not suit, any time will do, so that the
    next answer is not short for a reason that may be over.
    """
    failed = {kind: tuple(_codes(reasons, kind)) for kind in KINDS}
    wishes = tuple(_without(answers.wishes, failed))
    if KNOWS in reasons:
        wishes = tuple(replace(wish, strength=MUST) if wish.kind == "concern" else wish for wish in wishes)
    return replace(
        answers,
        wishes=wishes,
        avoid=_joined(answers.avoid, failed),
        modality=_OTHER_WAY[modality] if WAY in reasons else answers.modality,
        times=() if TIMES in reasons else answers.times,
    )


def _codes(reasons: Iterable[str], kind: str) -> Iterator[str]:
    return (each.partition(":")[2] for each in sorted(reasons) if each.partition(":")[0] == kind)


def _without(wishes: Iterable[Wish], failed: dict[str, tuple[str, ...]]) -> Iterator[Wish]:
    """Yield the wishes without what failed; a wish for nothing else is none."""
    for wish in wishes:
        codes = tuple(code for code in wish.codes if code not in failed.get(wish.kind, ()))
        if codes:
            yield replace(wish, codes=codes)


def _joined(before: Iterable[Wish], failed: dict[str, tuple[str, ...]]) -> tuple[Wish, ...]:
    avoid = {wish.kind: wish.codes for wish in before}
    for kind, codes in failed.items():
        merged = tuple(dict.fromkeys((*avoid.get(kind, ()), *codes)))
        if merged:
            avoid[kind] = merged
    return tuple(Wish(kind, codes) for kind, codes in avoid.items())
