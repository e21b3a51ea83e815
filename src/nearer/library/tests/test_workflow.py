"""Four people take an article from a draft to a signed page, change it, and sign it again, in the editor itself."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import Client

from nearer.accounts.tests.builders import signed_in
from nearer.foundation import clock
from nearer.library import api
from nearer.library.models import Article, Contributor, SignOff
from nearer.library.operations.furnishing import furnish
from nearer.library.tests.forms import form_of
from nearer.library.tests.texts import WORDS, a_reviewer, an_article

pytestmark = pytest.mark.django_db

OTHER = "<p>Closeness grows slowly.[^c1] That is fine.</p>"


class Person:
    """Somebody at the editor, in a browser of their own."""

    def __init__(self, *kinds: str) -> None:
        self.client = Client()
        self.user_id = signed_in(self.client, kinds=kinds)

    def as_reviewer(self, slug: str, **changes: Any) -> Person:
        today = clock.now().date()
        licence = {"licence_verified_on": today, "licence_expires_on": today + timedelta(days=90), **changes}
        a_reviewer(slug, user_id=self.user_id, **licence)
        return self

    def saves(self, article: Article, text: str, **action: str) -> None:
        answer = self.client.post(f"/editor/pages/{article.pk}/edit/", form_of(article, text, **action))
        assert answer.status_code == 302, answer.context["form"].errors

    def submits(self, article: Article, text: str) -> None:
        self.saves(article, text, **{"action-submit": "1"})

    def acts(self, article: Article, action: str = "approve", *, follow: bool = False, **said: str) -> str:
        """Take the step that waits, as the page's own button does; return what the next page says if one follows."""
        state = Article.objects.get(pk=article.pk).current_workflow_task_state
        assert state is not None
        url = f"/editor/pages/workflow/action/{article.pk}/{action}/{state.pk}/"
        answer = self.client.post(url, {"comment": "", "conflicts": "None", **said}, follow=follow)
        return answer.content.decode()


@pytest.fixture
def article() -> Article:
    author = Contributor.objects.create(slug="ana-author", name="Ana Author", credentials="Writer", conflicts="None")
    furnish()
    made = an_article(touches=["trauma"])
    assert author.contributions.exists()
    return made


@pytest.fixture
def people() -> tuple[Person, Person, Person, Person]:
    author, editor = Person("author", "editor"), Person("editor")
    Contributor.objects.filter(slug="ana-author").update(user_id=author.user_id)
    return author, editor, Person("reviewer").as_reviewer("rosa"), Person("reviewer").as_reviewer("sam")


def read(slug: str = "small-steps") -> api.ReadArticle | None:
    return api.published(slug, "en", on=clock.now().date())


def test_from_draft_to_signed_to_changed_to_signed_again(
    article: Article, people: tuple[Person, Person, Person, Person]
) -> None:
    author, editor, rosa, sam = people
    author.submits(article, WORDS)
    editor.acts(article, comment="Read the review again.")
    rosa.acts(article)
    assert read() is None
    sam.acts(article)
    first = read()
    assert first is not None
    assert [each.reviewer.slug for each in first.reviewed_by] == ["rosa", "sam"]

    author.submits(article, OTHER)
    assert read() == first
    editor.acts(article)
    rosa.acts(article)
    sam.acts(article)
    second = read()
    assert second is not None
    assert "slowly" in str(second.sections)
    steps = [line.step for line in api.ledger_of("small-steps", "en")]
    assert steps == [
        *("written", "checked", "signed", "signed", "published"),
        *("changed", "void", "checked", "signed", "signed", "published"),
    ]
    assert not api.verify().wrong


def test_what_changed_is_on_record_with_who_and_why(
    article: Article, people: tuple[Person, Person, Person, Person]
) -> None:
    author, editor, rosa, sam = people
    author.submits(article, OTHER)
    editor.acts(article, comment="The source says so.")
    rosa.acts(article, conflicts="I wrote a book on this.")
    sam.acts(article)
    lines = {line.step: line for line in api.ledger_of("small-steps", "en")}
    assert lines["changed"].who == "Ana Author"
    assert any("slowly" in change for change in lines["changed"].changes)
    assert lines["checked"].comment == "The source says so."
    signing = [line for line in api.ledger_of("small-steps", "en") if line.step == "signed"]
    assert [line.conflicts for line in signing] == ["I wrote a book on this.", "None"]
    assert signing[0].credentials == "PhD, licensed psychologist"


def test_a_reviewer_asks_for_changes(article: Article, people: tuple[Person, Person, Person, Person]) -> None:
    author, editor, rosa, _ = people
    author.submits(article, WORDS)
    editor.acts(article)
    rosa.acts(article, "reject", comment="This reads as a promise.")
    assert read() is None
    assert not SignOff.objects.exists()


def test_second_review_is_passed_over_where_nothing_asks_for_it(people: tuple[Person, Person, Person, Person]) -> None:
    author, editor, rosa, _ = people
    plain = an_article("plain")
    author.submits(plain, WORDS)
    editor.acts(plain)
    rosa.acts(plain)
    found = read("plain")
    assert found is not None
    assert len(found.reviewed_by) == 1


def test_a_claim_without_a_source_stops_at_the_evidence_check(
    article: Article, people: tuple[Person, Person, Person, Person]
) -> None:
    author, editor, *_ = people
    draft: Article = article.get_latest_revision_as_object()
    for claim in draft.claims.all():
        claim.sources = []
    author.submits(draft, WORDS)
    said = editor.acts(article, follow=True)
    assert "Claim c1 has no source." in said
    assert read() is None


def test_a_lapsed_licence_can_not_sign(article: Article, people: tuple[Person, Person, Person, Person]) -> None:
    author, editor, *_ = people
    lapsed = Person("reviewer").as_reviewer("lee", licence_expires_on=clock.now().date() - timedelta(days=1))
    author.submits(article, WORDS)
    editor.acts(article)
    assert "licence has lapsed" in lapsed.acts(article, follow=True)
    assert not SignOff.objects.exists()


def test_who_wrote_it_can_not_sign_it(article: Article, people: tuple[Person, Person, Person, Person]) -> None:
    _, editor, *_ = people
    both = Person("author", "editor", "reviewer").as_reviewer("both")
    both.submits(article, OTHER)
    editor.acts(article)
    assert "You wrote part of this article" in both.acts(article, follow=True)
    assert not SignOff.objects.exists()


def test_one_person_does_not_sign_twice(article: Article, people: tuple[Person, Person, Person, Person]) -> None:
    author, editor, rosa, _ = people
    author.submits(article, WORDS)
    editor.acts(article)
    rosa.acts(article)
    assert "has to be somebody else" in rosa.acts(article, follow=True)
    assert SignOff.objects.count() == 1


def test_nobody_rewrites_what_somebody_is_reading(
    article: Article, people: tuple[Person, Person, Person, Person]
) -> None:
    author, editor, *_ = people
    author.submits(article, WORDS)
    editor.acts(article)
    before = Article.objects.get(pk=article.pk).latest_revision_id
    author.client.post(f"/editor/pages/{article.pk}/edit/", form_of(article, OTHER))
    assert Article.objects.get(pk=article.pk).latest_revision_id == before


def test_pasted_words_and_scripts_are_cleaned_as_they_are_kept(people: tuple[Person, Person, Person, Person]) -> None:
    author, *_ = people
    made = an_article("pasted")
    pasted = (
        '<p class="MsoNormal" style="mso-x:1" onclick="x()">Kept[^c1] <b>bold</b></p><script>alert(1)</script>'
        '<!--[if gte mso 9]><xml>office</xml><![endif]--><p><a href="javascript:alert(1)">link</a>'
        '<img src="data:image/png;base64,AAAA" onerror="x()"></p>'
    )
    draft: Article = made.get_latest_revision_as_object()
    draft.body = [{"type": "prose", "value": pasted}]
    kept = json.dumps(draft.save_revision().content, default=str)
    for word in ("<script", "alert", "onclick", "javascript", "Mso", "office", "onerror", "data:image"):
        assert word not in kept
    assert "Kept" in kept
    author.saves(made, WORDS)


def test_a_reviewer_who_changes_a_word_can_not_sign_it(
    article: Article, people: tuple[Person, Person, Person, Person]
) -> None:
    author, editor, rosa, _ = people
    author.submits(article, WORDS)
    editor.acts(article)
    rosa.saves(article, OTHER)
    editor.acts(article)
    assert "You wrote part of this article" in rosa.acts(article, follow=True)
    assert not SignOff.objects.exists()


def test_a_reviewer_who_saves_the_same_words_can_sign_them(
    article: Article, people: tuple[Person, Person, Person, Person]
) -> None:
    author, editor, rosa, sam = people
    author.submits(article, WORDS)
    editor.acts(article)
    rosa.saves(article, WORDS)
    rosa.acts(article)
    sam.acts(article)
    assert read() is not None
