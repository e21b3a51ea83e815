"""Spanish is whole: every sentence there is, compiled as it is written, with nothing lost on the way."""

from __future__ import annotations

import ast
import gettext
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import pytest
from django.core.management import call_command
from django.utils import formats, translation
from pytest_django import Settings

PACKAGE = Path(__file__).parents[1] / "src" / "nearer"
CATALOG = Path("locale", "es", "LC_MESSAGES", "django.po")
#: What a sentence leaves open for a value, and the tags around its words.
HOLES = re.compile(r"%\(\w+\)[sd]|%[sd]|\{[^}]*\}|<[^>]+>")
#: How a compiled catalog joins a context to its sentence.
IN_CONTEXT = "{}\x04{}"
TOOLS = ("xgettext", "msguniq", "msgmerge", "msgattrib")


@dataclass(frozen=True, slots=True)
class Entry:
    """One sentence of the catalog and what it is in Spanish: two words for one and for many."""

    context: str
    one: str
    many: str
    said: tuple[str, ...]
    flags: str

    @property
    def key(self) -> tuple[str, str, str]:
        return self.context, self.one, self.many

    @property
    def compiled(self) -> Iterator[tuple[str | tuple[str, int], str]]:
        """Yield the keys under which the compiled catalog keeps this, each with its words."""
        name = IN_CONTEXT.format(self.context, self.one) if self.context else self.one
        for number, words in enumerate(self.said):
            yield ((name, number) if self.many else name), words


def entries(catalog: Path) -> Iterator[Entry]:
    """Yield the sentences of a catalog, its header left out."""
    for block in catalog.read_text("utf-8").split("\n\n")[1:]:
        entry = parsed(block)
        if entry.one:
            yield entry


def parsed(block: str) -> Entry:
    texts: dict[str, str] = {}
    keyword = flags = ""
    for line in block.splitlines():
        if line.startswith("#"):
            flags += line if line.startswith("#,") else ""
            continue
        keyword, _, text = (keyword, "", line) if line.startswith('"') else line.partition(" ")
        texts[keyword] = texts.get(keyword, "") + ast.literal_eval(text)
    said = tuple(text for word, text in texts.items() if word.startswith("msgstr"))
    return Entry(texts.get("msgctxt", ""), texts.get("msgid", ""), texts.get("msgid_plural", ""), said, flags)


SPANISH = tuple(entries(PACKAGE / CATALOG))


def test_nothing_is_left_in_english() -> None:
    assert [entry.one for entry in SPANISH if not all(entry.said)] == []


def test_nothing_is_a_guess() -> None:
    assert [entry.one for entry in SPANISH if "fuzzy" in entry.flags] == []


def test_no_sentence_stands_twice() -> None:
    assert len({(entry.context, entry.one) for entry in SPANISH}) == len(SPANISH)


def test_one_and_many_are_both_said() -> None:
    assert [entry.one for entry in SPANISH if len(entry.said) != (2 if entry.many else 1)] == []


def test_what_is_compiled_is_what_is_written() -> None:
    with (PACKAGE / CATALOG).with_suffix(".mo").open("rb") as file:
        compiled = dict(gettext.GNUTranslations(file)._catalog)  # type: ignore[attr-defined]
    compiled.pop("")
    assert compiled == {key: words for entry in SPANISH for key, words in entry.compiled}


def test_every_hole_and_tag_of_a_sentence_is_in_its_translation_too() -> None:
    for entry in SPANISH:
        one, many = (sorted(HOLES.findall(words)) for words in (entry.one, entry.many or entry.one))
        first, *others = (sorted(HOLES.findall(words)) for words in entry.said)
        assert first in (one, many), entry.one  # "once" may stand for a number, and so may "una vez"
        assert all(each == many for each in others), entry.one


def test_a_sentence_begins_and_ends_in_the_same_space() -> None:
    for entry in SPANISH:
        for words in entry.said:
            assert words[: -len(words.lstrip()) or None].isspace() == entry.one[:1].isspace(), entry.one


def test_the_catalog_has_no_dates_no_names_and_no_paths() -> None:
    text = (PACKAGE / CATALOG).read_text("utf-8")
    assert not re.search(r"Creation-Date|Revision-Date|Translator|^#[:|~]", text, re.MULTILINE)


def test_spanish_days_and_times_read_as_they_are_said_in_the_united_states() -> None:
    moment = datetime(2026, 11, 24, 14, 30)
    with translation.override("es"):
        assert formats.date_format(moment, "DATE_FORMAT") == "24 de noviembre de 2026"
        assert formats.date_format(moment, "l") == "martes"
        assert formats.time_format(moment.time(), "TIME_FORMAT") == "2:30\xa0p.m."
        assert formats.date_format(moment, "DATETIME_FORMAT") == "24 de noviembre de 2026, 2:30\xa0p.m."


def test_every_sentence_of_the_code_is_in_the_catalog(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, settings: Settings
) -> None:
    if missing := [tool for tool in TOOLS if not shutil.which(tool)]:
        pytest.skip(f"Reading the sentences anew needs gettext's tools; not here: {', '.join(missing)}.")
    shutil.copytree(PACKAGE, tmp_path / "nearer", ignore=shutil.ignore_patterns("tests", "__pycache__", "static"))
    monkeypatch.chdir(tmp_path / "nearer")
    settings.LOCALE_PATHS = [tmp_path / "nearer" / "locale"]
    (tmp_path / "nearer" / CATALOG).unlink()
    call_command("makemessages", locale=["es"], no_location=True, no_wrap=True, verbosity=0)
    found = {entry.key for entry in entries(tmp_path / "nearer" / CATALOG)}
    assert found - {entry.key for entry in SPANISH} == set(), "run: sh tools/messages.sh"
