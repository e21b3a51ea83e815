"""Something sayable, put together from ticks and own words: `design/sentence_part.html` draws each part."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise


@dataclass(frozen=True, slots=True)
class SentencePart:
    """A part of what could be said, with sentences to choose from. Own words may stand for any of them.

    `before` and `after` are the words that stand around what is chosen.
    """

    code: str
    name: Promise
    sentences: tuple[Promise, ...]
    before: Promise | str = ""
    after: Promise | str = ""
    hint: Promise | str = ""
