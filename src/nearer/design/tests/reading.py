"""How many years of school a text asks for: the Flesch-Kincaid grade, an alarm and not a judge.

Grade = 0.39 · words per sentence + 11.8 · syllables per word - 15.59 (Kincaid and others, 1975).
"""

from __future__ import annotations

import re
from html.parser import HTMLParser

BLOCKS = frozenset(
    {"p", "li", "h1", "h2", "h3", "dt", "dd", "summary", "legend", "label", "td", "th", "title", "caption"}
)
SILENT = frozenset({"script", "style", "svg", "nav", "option"})


class _Text(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.skipping = 0

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.skipping += tag in SILENT

    def handle_endtag(self, tag: str) -> None:
        self.skipping -= tag in SILENT
        if tag in BLOCKS:
            self.words.append(".\n")

    def handle_data(self, data: str) -> None:
        if not self.skipping:
            self.words.append(data)


def words_of(page: str) -> str:
    """Return the text inside a page's main part, a full stop after each block."""
    parser = _Text()
    parser.feed(page.partition("<main")[2].partition(">")[2].partition("</main>")[0])
    return " ".join(parser.words)


def syllables(word: str) -> int:
    """Return about how many syllables an English word has."""
    groups = len(re.findall(r"[aeiouy]+", word.lower()))
    silent = word.lower().endswith("e") and not word.lower().endswith(("le", "ee")) and groups > 1
    return max(1, groups - silent)


def grade(text: str) -> float:
    """Return the grade of a text; sentences of a single word are labels and don't count."""
    sentences = [found for part in re.split(r"[.!?:;\n]+", text) if len(found := re.findall(r"[A-Za-z’']+", part)) > 1]
    words = [word for sentence in sentences for word in sentence]
    return 0.39 * len(words) / len(sentences) + 11.8 * sum(map(syllables, words)) / len(words) - 15.59
