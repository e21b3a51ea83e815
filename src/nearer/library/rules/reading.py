"""How long a text takes to read and how hard it is."""

from __future__ import annotations

import re
from functools import lru_cache

from pyphen import Pyphen

WORDS_A_MINUTE = 200
_WORD = re.compile(r"[^\W\d_]+(?:[’'][^\W\d_]+)*")
_SENTENCE = re.compile(r"[.!?…:]+(?=\s|[”»\")]|$)|\n")
_LETTERS = {"en": "en_US", "es": "es"}


@lru_cache(maxsize=256)
def ease_of(text: str, language: str) -> float | None:
    """Return the Flesch-Kincaid grade of English, or the Szigriszt-Pazos ease of Spanish; None: there is no text.

    Grade = 0.39 × words/sentences + 11.8 × syllables/words - 15.59 (Kincaid et al. 1975).
    Ease = 206.835 - 62.3 × syllables/words - words/sentences (Szigriszt Pazos 1993).
    Syllables are those at which a word may be hyphenated.
    """
    words = _WORD.findall(text)
    sentences = len([part for part in _SENTENCE.split(text) if _WORD.search(part)])
    if not words or not sentences or language not in _LETTERS:
        return None
    syllables = sum(_syllables(word.lower(), language) for word in words)
    length, weight = len(words) / sentences, syllables / len(words)
    if language == "es":
        return round(206.835 - 62.3 * weight - length, 1)
    return round(0.39 * length + 11.8 * weight - 15.59, 1)


@lru_cache(maxsize=20_000)
def _syllables(word: str, language: str) -> int:
    return len(_dictionary(language).positions(word)) + 1


@lru_cache
def _dictionary(language: str) -> Pyphen:
    return Pyphen(lang=_LETTERS[language], left=1, right=1)
