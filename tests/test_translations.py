"""Spanish is there from the start: compiled as it is written, and whole on the pages that matter most."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "nearer"
CATALOG = PACKAGE / "locale" / "es" / "LC_MESSAGES" / "django.po"
#: Rooms whose every sentence on a page is there in Spanish. The gallery speaks to those who build pages.
WHOLE = ("home", "safety", "design")
HOLES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{[^}]*\}")
SENTENCE = re.compile(r"""\{%\s*translate\s+(?:"([^"]+)"|'([^']+)')""")


def entries() -> Iterator[dict[str, str]]:
    """Yield the entries of the catalog: keyword -> its text."""
    for block in CATALOG.read_text("utf-8").split("\n\n")[1:]:
        entry: dict[str, str] = {}
        keyword = ""
        for line in block.splitlines():
            if not line.startswith("#"):
                keyword, _, text = (keyword, "", line) if line.startswith('"') else line.partition(" ")
                entry[keyword] = entry.get(keyword, "") + ast.literal_eval(text)
        if entry:
            yield entry


def spanish() -> gettext.GNUTranslations:
    with CATALOG.with_suffix(".mo").open("rb") as compiled:
        return gettext.GNUTranslations(compiled)


def sentences(room: str) -> set[str]:
    templates = (path for path in (PACKAGE / room / "templates").rglob("*.html") if "gallery" not in str(path))
    return {first or second for path in templates for first, second in SENTENCE.findall(path.read_text("utf-8"))}


def test_what_is_compiled_is_what_is_written() -> None:
    compiled = spanish()
    for entry in entries():
        if entry.get("msgstr") and entry["msgid"]:
            context = entry.get("msgctxt")
            said = compiled.pgettext(context, entry["msgid"]) if context else compiled.gettext(entry["msgid"])
            assert said == entry["msgstr"]


def test_every_hole_in_a_sentence_is_in_its_translation_too() -> None:
    for entry in entries():
        for keyword, text in entry.items():
            if keyword.startswith("msgstr") and text and entry["msgid"]:
                whole = entry.get("msgid_plural", entry["msgid"])
                assert sorted(HOLES.findall(text)) == sorted(HOLES.findall(whole)), text


@pytest.mark.parametrize("room", WHOLE)
def test_every_sentence_on_these_pages_is_there_in_spanish(room: str) -> None:
    compiled = spanish()
    known = {key if isinstance(key, str) else key[0] for key in compiled._catalog}  # type: ignore[attr-defined]
    assert sentences(room) <= known, sentences(room) - known
