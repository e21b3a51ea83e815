"""The shelf that comes with Nearer goes in as drafts, whole, and once."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest
from django.test import override_settings

from nearer.library import api
from nearer.library.models import Article, Contributor, LedgerEvent, Source
from nearer.library.operations.shelving import FOLDER, load
from nearer.library.rules import prose
from nearer.library.rules.shelf_file import NotAnArticle, read
from nearer.library.rules.terms import unsupported
from nearer.library.tests.texts import NOW, TODAY, check_now

pytestmark = pytest.mark.django_db

FILES = sorted(FOLDER.glob("*/*.md"))


def test_the_shelf_goes_in_as_unsigned_drafts_once() -> None:
    loaded = load()
    assert loaded.articles == len(FILES) >= 28
    assert loaded.sources == Source.objects.count() > 50
    assert not Article.objects.filter(live=True).exists()
    assert api.shelf("en", on=TODAY) == ()
    again = load()
    assert (again.articles, again.sources, again.kept) == (0, 0, len(FILES))
    assert LedgerEvent.objects.filter(step="written").count() == len(FILES)


def test_every_article_of_the_shelf_could_be_signed() -> None:
    load()
    wrong = {article.key: found for article in Article.objects.all() if (found := list(unsupported(article.content)))}
    assert wrong == {}


def test_no_link_within_the_shelf_leads_nowhere() -> None:
    load()
    slugs = {path.parent.name for path in FILES}
    for article in Article.objects.all():
        text = str(article.content["body"])
        linked = {part.split('"')[0] for part in text.split('href="article:')[1:]}
        assert linked <= slugs
        assert set(article.related) <= slugs
        assert "](" not in text
        assert "**" not in text


def test_what_somebody_changed_stays_as_they_left_it() -> None:
    load()
    article = Article.objects.get(slug="seven-signs", locale__language_code="en")
    article.standfirst = "Ours now."
    article.save()
    load()
    article.refresh_from_db()
    assert article.standfirst == "Ours now."


def test_a_file_that_is_no_article_is_named_and_nothing_goes_in(tmp_path: Path) -> None:
    (tmp_path / "broken").mkdir()
    (tmp_path / "broken" / "en.md").write_text("no front matter")
    with pytest.raises(NotAnArticle, match=r"broken/en\.md: it does not begin with front matter"):
        load(tmp_path)
    assert not Article.objects.exists()


@override_settings(NEARER_DEMO=True)
def test_a_demonstration_signs_the_shelf_and_says_so() -> None:
    assert api.demonstrate(now=NOW) == len(FILES)
    check_now()
    for language in ("en", "es"):
        assert len(api.shelf(language, on=TODAY)) == len(FILES) / 2
    found = api.published("fear-of-intimacy-or-fear-of-someone", "es", on=TODAY)
    assert found is not None
    assert found.is_demonstration
    assert found.languages == ("en", "es")
    assert found.machine_helped
    assert all("not a real person" in by.reviewer.name for by in found.reviewed_by)
    assert len(found.reviewed_by) == 2
    assert api.demonstrate(now=NOW) == 0
    assert api.verify().wrong == ()


def test_outside_a_demonstration_nobody_demonstrates() -> None:
    with pytest.raises(api.CannotSign, match="made up for the demonstration"):
        api.demonstrate(now=NOW)
    assert not Article.objects.filter(live=True).exists()
    assert Contributor.objects.filter(is_demonstration=True).exists()


@pytest.mark.parametrize("path", FILES, ids=lambda path: f"{path.parent.name}-{path.stem}")
def test_a_file_says_the_same_as_what_is_kept_of_it(path: Path) -> None:
    written = read(path.read_text(encoding="utf-8"), lambda address: f'<a href="{address}">')
    front = tomllib.loads(path.read_text(encoding="utf-8").split("+++")[1])
    assert written.front == front
    texts = [value["text"] if kind == "callout" else value for kind, value in written.blocks if kind != "heading"]
    words = prose.words_of([prose.clean(text, {}) for text in texts])
    assert len(words.split()) > 500
    assert {mark for text in texts for mark in prose.marks(text)} == {claim["id"] for claim in front["claims"]}
