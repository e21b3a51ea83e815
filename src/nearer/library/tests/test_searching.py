"""What is found: public texts alone, in the reader's language, also by a word with a slip in it."""

from __future__ import annotations

import pytest
from django.test import Client
from hypothesis import given
from hypothesis import strategies as st
from pytest_django import DjangoAssertNumQueries

from nearer.foundation import clock
from nearer.library import api
from nearer.library.models import KnownWord, SignOff
from nearer.library.operations.publishing import withdraw
from nearer.library.rules import spelling
from nearer.library.tests.test_ledger import run, unguarded
from nearer.library.tests.texts import NOW, TODAY, a_reviewer, an_article, published, rewritten, signed

WORDS = st.text(alphabet="abcdeéñz", min_size=4, max_size=9)


def found(words: str, language: str = "en") -> list[str]:
    return [card.slug for card in api.search(words, language, on=TODAY).cards]


def an_article_on(slug: str, words: str, **changes: object) -> None:
    published(an_article(slug, text=f"<p>{words}[^c1]</p>", **changes))  # type: ignore[arg-type]


@given(WORDS, st.data())
def test_any_one_slip_is_found(word: str, data: st.DataObject) -> None:
    place = data.draw(st.integers(0, len(word) - 1))
    slip = data.draw(
        st.sampled_from(
            [
                word[:place] + word[place + 1 :],
                word[:place] + "b" + word[place:],
                word[:place] + "z" + word[place + 1 :],
                word[:place] + word[place + 1 : place + 2] + word[place] + word[place + 2 :],
            ]
        )
    )
    assert spelling.slips(word, slip) <= 1
    assert spelling.near(word) & spelling.near(slip)


@given(WORDS, WORDS)
def test_slips_are_the_same_both_ways_and_none_only_between_like_words(one: str, other: str) -> None:
    assert spelling.slips(one, other) == spelling.slips(other, one)
    assert (spelling.slips(one, other) == 0) == (spelling.folded(one) == spelling.folded(other))
    assert spelling.slips(one, other) <= max(len(one), len(other))


@given(WORDS, st.lists(WORDS))
def test_what_is_meant_is_a_known_word_one_slip_away_at_most(word: str, known: list[str]) -> None:
    meant = spelling.best(word, known)
    assert meant is None or (meant in known and spelling.slips(word, meant) <= 1)
    if word in known:
        assert spelling.slips(word, meant or "") == 0


@pytest.mark.django_db
class TestFinding:
    def test_only_what_is_public_is_found(self) -> None:
        signed(an_article("unpublished", text="<p>Kindness.[^c1]</p>"))
        assert found("kindness") == []
        an_article_on("public", "Kindness.")
        assert found("kindness") == ["public"]
        assert not KnownWord.objects.filter(word="unpublished").exists()

    def test_what_is_withdrawn_is_no_longer_found(self) -> None:
        an_article_on("public", "Kindness.")
        withdraw(sign_off_id=SignOff.objects.get().pk, by=a_reviewer(), reason="Out of date", now=NOW)
        assert found("kindness") == []

    def test_a_change_is_found_once_it_is_public(self) -> None:
        article = published(an_article(text="<p>Kindness.[^c1]</p>"))
        rewritten(article, "<p>Patience.[^c1]</p>")
        assert (found("kindness"), found("patience")) == (["small-steps"], [])
        published(article)
        assert (found("kindness"), found("patience")) == ([], ["small-steps"])

    def test_a_text_with_a_forged_signature_is_not_found(self) -> None:
        an_article_on("public", "Kindness.")
        with unguarded():
            run("UPDATE library_signoff SET signature = reverse(signature)")
        assert found("kindness") == []

    def test_other_forms_of_a_word_are_found(self) -> None:
        an_article_on("public", "She trusted him with her feelings.")
        assert found("trusting") == ["public"]
        assert found("feeling") == ["public"]

    def test_each_language_by_its_own_rules(self) -> None:
        an_article_on("both", "Closeness.")
        published(an_article("both", "es", title="Cercanía", text="<p>Las emociones difíciles.[^c1]</p>"))
        assert found("emoción", "es") == ["both"]
        assert found("emocion", "es") == ["both"]
        assert found("cercania", "es") == ["both"]
        assert found("emoción") == []

    def test_what_is_in_the_title_comes_first(self) -> None:
        an_article_on("body", "Patience, patience and patience.")
        an_article_on("title", "Kindness.", title="Patience")
        assert found("patience") == ["title", "body"]

    @pytest.mark.parametrize("typed", ["intamacy", "intmacy", "intimaccy", "itnimacy", "Intimasy"])
    def test_a_slip_is_mended_and_told(self, typed: str) -> None:
        an_article_on("public", "Intimacy.")
        result = api.search(typed, "en", on=TODAY)
        assert [card.slug for card in result.cards] == ["public"]
        assert (result.words, result.typed, result.is_mended) == ("intimacy", typed.lower(), True)

    def test_a_word_that_is_there_is_never_mended(self) -> None:
        an_article_on("one", "Trust.")
        an_article_on("two", "Truss.")
        assert found("trust") == ["one"]

    def test_where_nothing_has_every_word_what_has_some_is_shown(self) -> None:
        an_article_on("public", "Kindness.")
        result = api.search("kindness zebras", "en", on=TODAY)
        assert [card.slug for card in result.cards] == ["public"]
        assert result.is_loose

    @pytest.mark.parametrize(
        "typed", ["", " ", "' OR 1=1 --", "((", "a & | !", "<script>", "\x00", "🙂" * 50, "of the"]
    )
    def test_odd_words_find_nothing_and_break_nothing(self, typed: str) -> None:
        an_article_on("public", "Kindness.")
        assert found(typed) == []

    def test_looking_takes_two_queries_and_five_at_most(
        self, django_assert_num_queries: DjangoAssertNumQueries
    ) -> None:
        for slug in ("one", "two", "three"):
            an_article_on(slug, "Kindness.")
        with django_assert_num_queries(2):
            found("kindness")
        with django_assert_num_queries(5):
            found("kidness zebras")


@pytest.mark.django_db
class TestPage:
    @pytest.fixture(autouse=True)
    def _today(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(clock, "now", lambda: NOW)

    def test_what_is_looked_for_is_in_no_address_and_leaves_no_cookie(self) -> None:
        an_article_on("public", "Kindness.")
        response = Client(enforce_csrf_checks=True).post("/library/search/", {"words": "kindness"})
        assert response.status_code == 200
        assert not response.cookies
        page = response.content.decode()
        assert "1 article" in page
        assert 'href="/library/public/"' in page
        assert 'method="post"' in page
        assert "words=" not in page

    def test_nothing_typed_is_said_kindly(self) -> None:
        response = Client().post("/library/search/", {"words": " "})
        assert response.status_code == 422
        assert "Write a word or two to look for." in response.content.decode()

    def test_nothing_found_leads_on(self) -> None:
        page = Client().post("/library/search/", {"words": "<zebra>"}).content.decode()
        assert "Nothing found" in page
        assert "&lt;zebra&gt;" in page
        assert 'href="/library/#topics"' in page

    def test_a_mended_word_is_told(self) -> None:
        an_article_on("public", "Kindness.")
        page = Client().post("/library/search/", {"words": "kidness"}).content.decode()
        assert "Nothing has “kidness”. This is what there is on “kindness”." in page

    def test_one_can_look_from_the_front(self) -> None:
        assert 'action="/library/search/"' in Client().get("/library/").content.decode()
