"""Words that differ by one slip of the hand, found without measuring against every word there is.

Two words are one slip apart (a letter too many, too few, another, or two that changed places) only if they have a
form in common once each may drop a letter (Bocek, Hunt & Somers 2007; Garbe 2012). Accents are no slip.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

#: Shorter words are too much like too many others.
SHORTEST = 4
LONGEST = 40
_WORD = re.compile(r"[^\W\d_]+")
_PLAIN = str.maketrans("áéíóúüñàèç", "aeiouunaec")


def words_of(text: str) -> tuple[str, ...]:
    """Return the words of a text in lower case, in order."""
    return tuple(_WORD.findall(text.lower()))


def folded(word: str) -> str:
    """Return a word without its accents."""
    return word.translate(_PLAIN)


def near(word: str) -> frozenset[str]:
    """Return the forms by which a word is found: itself without accents, and that without each of its letters."""
    plain = folded(word)
    return frozenset({plain, *(plain[:place] + plain[place + 1 :] for place in range(len(plain)))})


def slips(one: str, other: str) -> int:
    """Return how many slips lie between two words: letters put in, left out, mistaken, or two that changed places.

    Optimal string alignment (Damerau 1964; Levenshtein 1966); accents do not count.
    """
    one, other = folded(one), folded(other)
    before, last, row = list[int](), list[int](), list(range(len(other) + 1))
    for i, letter in enumerate(one, start=1):
        before, last, row = last, row, [i]
        for j, against in enumerate(other, start=1):
            cost = min(last[j] + 1, row[j - 1] + 1, last[j - 1] + (letter != against))
            if i > 1 and j > 1 and letter == other[j - 2] and one[i - 2] == against:
                cost = min(cost, before[j - 2] + 1)
            row.append(cost)
    return row[-1]


def best(word: str, known: Iterable[str]) -> str | None:
    """Return the word that was most likely meant: one slip away, rather with the same first letter and length."""

    def distance(other: str) -> tuple[int, bool, int, str]:
        return slips(word, other), folded(word)[:1] != folded(other)[:1], abs(len(word) - len(other)), other

    return min((other for other in known if slips(word, other) <= 1), key=distance, default=None)
