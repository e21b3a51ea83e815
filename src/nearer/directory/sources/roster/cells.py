"""What stands in a cell: lists, words of a vocabulary, yes and no, numbers, money."""

from __future__ import annotations

import re
from collections.abc import Mapping
from decimal import Decimal, InvalidOperation

from django.utils.translation import gettext as _

from nearer.directory.sources.faults import RowRefused

#: What empties a list that an earlier roster filled; an empty cell says nothing of it.
NOTHING = frozenset({"none", "-", "–"})
YES = frozenset({"yes", "y", "true", "1", "x"})
NO = frozenset({"no", "n", "false", "0"})
MOST_DOLLARS = 5000


def parts(cell: str) -> tuple[str, ...]:
    """Return what stands between semicolons, bars or line breaks."""
    if cell.casefold() in NOTHING:
        return ()
    return tuple(part for part in (" ".join(each.split()) for each in re.split(r"[;|\n]", cell)) if part)


def codes(cell: str, words: Mapping[str, object], column: str) -> tuple[str, ...]:
    """Return codes of a vocabulary, written as codes or as people read them; commas may part them too.

    :raises RowRefused: a word is none of the vocabulary's.
    """
    by_name = {str(name).casefold(): code for code, name in words.items()}
    found: list[str] = []
    for part in parts(cell):
        whole = _code(part, words, by_name)
        pieces = [part] if whole else [piece.strip() for piece in part.split(",")]
        for piece in pieces:
            code = _code(piece, words, by_name)
            if code is None:
                sentence = _("“{word}” in {column} is not a word we know. Possible are: {words}.")
                raise RowRefused(sentence.format(word=piece[:40], column=column, words=", ".join(words)))
            found.append(code)
    return tuple(dict.fromkeys(found))


def _code(text: str, words: Mapping[str, object], by_name: Mapping[str, str]) -> str | None:
    folded = text.casefold()
    return folded.replace(" ", "_") if folded.replace(" ", "_") in words else by_name.get(folded)


def truth(cell: str, column: str) -> bool | None:
    """Return yes or no; None for an empty cell.

    :raises RowRefused: it is neither.
    """
    folded = cell.casefold()
    if not folded:
        return None
    if folded in YES or folded in NO:
        return folded in YES
    raise RowRefused(_("“{cell}” in {column} is neither yes nor no.").format(cell=cell[:40], column=column))


def number(cell: str, column: str, most: int) -> int | None:
    """Return a whole number from 0 to `most`; None for an empty cell.

    :raises RowRefused: it is none.
    """
    text = cell.removesuffix(".0")
    if not text:
        return None
    if text.isascii() and text.isdecimal() and len(text) < 9 and int(text) <= most:  # noqa: PLR2004 (no long sums)
        return int(text)
    sentence = _("“{cell}” in {column} is not a whole number from 0 to {most}.")
    raise RowRefused(sentence.format(cell=cell[:40], column=column, most=most))


def cents(cell: str, column: str) -> int | None:
    """Return US cents from dollars ("150", "$1,150.50"); None for an empty cell.

    :raises RowRefused: it is no sum of money, or one over 5,000 dollars.
    """
    text = cell.removeprefix("$").replace(",", "").strip()
    if not text:
        return None
    try:
        dollars = Decimal(text)
    except InvalidOperation:
        dollars = Decimal(-1)
    if not (dollars.is_finite() and 0 <= dollars <= MOST_DOLLARS):
        sentence = _("“{cell}” in {column} is not an amount in dollars up to {most:,}.")
        raise RowRefused(sentence.format(cell=cell[:40], column=column, most=MOST_DOLLARS))
    return int(dollars * 100)
