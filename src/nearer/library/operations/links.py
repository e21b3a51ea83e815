"""Asking the sources whether they are still where they were, and writing down what they answered."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

from nearer.foundation.fetching import Door, Unfetchable, fetch
from nearer.library.models import Source

DOOR = Door(schemes=frozenset({"https", "http"}), ports=frozenset({80, 443}))
SECONDS = 20.0
MOST_BYTES = 200_000
AT_ONCE = 4
#: What says for certain that nothing is there. Others (403, 429, a slow answer) only say that a program may not look.
GONE_STATUS = frozenset({404, 410})
#: What comes only after a server has answered that the page is there.
THERE = frozenset({"too_big", "compressed"})

State = Literal["there", "gone", "unsure"]
Look = Callable[[str], State]


@dataclass(frozen=True, slots=True)
class Answer:
    """What one source answered. Unsure: it may be there, and did not say so to a program."""

    key: str
    address: str
    state: State


def look(address: str) -> State:
    """Ask one address whether something is there."""
    try:
        fetch(address, door=DOOR, seconds=SECONDS, max_bytes=MOST_BYTES)
    except Unfetchable as error:
        if error.why in THERE:
            return "there"
        return "gone" if error.status in GONE_STATUS or error.why == "host" else "unsure"
    return "there"


def check_links(
    *, now: datetime, look: Look = look, on_progress: Callable[[int, int], None] = lambda _done, _total: None
) -> tuple[Answer, ...]:
    """Ask every source, a few at once, and note since when one is gone; return what each answered.

    Nothing remote happens inside a transaction. A source that did not answer clearly stays as it was.
    """
    sources = [(source.key, source.address) for source in Source.objects.order_by("key")]
    answers = []
    with ThreadPoolExecutor(AT_ONCE) as pool:
        for (key, address), state in zip(sources, pool.map(look, (a for _, a in sources)), strict=True):
            answers.append(Answer(key, address, state))
            _note(key, state, now)
            on_progress(len(answers), len(sources))
    return tuple(answers)


def _note(key: str, state: State, now: datetime) -> None:
    """Write down one answer; not through the model, since nothing that is signed has changed."""
    row = Source.objects.filter(key=key)
    row.update(checked_on=now.date())
    if state == "there":
        row.update(gone_since=None)
    elif state == "gone":
        row.filter(gone_since=None).update(gone_since=now.date())
