"""What readers see is under real signatures over these very bytes, or it is not seen."""

from __future__ import annotations

import json
from datetime import timedelta
from typing import Any

import pytest
from django.test import override_settings
from pytest_django import DjangoAssertNumQueries

from nearer.foundation import signing
from nearer.library import api, policies
from nearer.library.models import Article, Edition, SignOff, Source
from nearer.library.operations.editions import edition_of
from nearer.library.operations.publishing import publish, withdraw
from nearer.library.operations.reviewing import check_evidence, sign
from nearer.library.rules.canonical import hash_of
from nearer.library.rules.statements import PURPOSE
from nearer.library.rules.terms import NotSigned
from nearer.library.tests.test_ledger import run, unguarded
from nearer.library.tests.texts import (
    NOW,
    TODAY,
    a_person,
    a_reviewer,
    an_article,
    attempt,
    check_now,
    published,
    rewritten,
    signed,
)

pytestmark = pytest.mark.django_db


def read(slug: str = "small-steps") -> api.ReadArticle | None:
    return api.published(slug, "en", on=TODAY)


def test_a_signature_says_who_with_which_licence_when_under_which_rules() -> None:
    published(an_article())
    found = read()
    assert found is not None
    (by,) = found.reviewed_by
    assert by.reviewer.name == "Rosa Reviewer"
    assert by.licence == "Psychologist NY 123456"
    assert by.licence_verified_on == TODAY
    assert (by.signed_at, by.policy_version) == (NOW, "2026-11")
    assert by.text_hash == Article.objects.get().text_hash
    assert found.due_on == TODAY + timedelta(days=365)


def test_what_touches_needs_a_second_reviewer_and_an_earlier_review() -> None:
    article = an_article(touches=["suicide"])
    revision = article.get_latest_revision()
    sign(article=article, revision=revision, reviewer=a_reviewer(), part=SignOff.Part.CLINICAL, now=NOW)
    with pytest.raises(NotSigned):
        publish(edition=edition_of(revision, now=NOW))
    published(article)
    found = read()
    assert found is not None
    assert [each.reviewer.part for each in found.reviewed_by] == ["reviewer", "second-reviewer"]
    assert found.due_on == TODAY + timedelta(days=180)


def test_a_second_signature_does_not_come_first() -> None:
    article = an_article(touches=["sex"])
    with pytest.raises(policies.CannotSign, match="clinical review comes first"):
        sign(
            article=article,
            revision=article.get_latest_revision(),
            reviewer=a_reviewer(),
            part=SignOff.Part.SECOND,
            now=NOW,
        )


LICENCES: dict[str, dict[str, Any]] = {
    "not recorded as active": {"licence_status": "suspended"},
    "has lapsed": {"licence_expires_on": TODAY - timedelta(days=1)},
    "was not checked in the last 90 days": {"licence_verified_on": TODAY - timedelta(days=91)},
}


@pytest.mark.parametrize("sentence", LICENCES)
def test_a_licence_that_does_not_stand_signs_nothing(sentence: str) -> None:
    article, lee = an_article(), a_reviewer("lee", **LICENCES[sentence])
    with pytest.raises(policies.CannotSign, match=sentence):
        sign(
            article=article,
            revision=article.get_latest_revision(),
            reviewer=lee,
            part=SignOff.Part.CLINICAL,
            now=NOW,
        )


def test_the_author_does_not_review() -> None:
    author = a_reviewer("ana-author")
    article = an_article()
    with pytest.raises(policies.CannotSign, match="You wrote part of this article"):
        sign(
            article=article,
            revision=article.get_latest_revision(),
            reviewer=author,
            part=SignOff.Part.CLINICAL,
            now=NOW,
        )


def test_somebody_who_is_not_listed_signs_nothing() -> None:
    article = an_article()
    with pytest.raises(policies.CannotSign, match="not in the list of people"):
        sign(
            article=article, revision=article.get_latest_revision(), reviewer=None, part=SignOff.Part.CLINICAL, now=NOW
        )


def test_a_demonstration_reviewer_signs_in_a_demonstration_alone() -> None:
    article, made_up = an_article(), a_reviewer("made-up", is_demonstration=True)
    revision = article.get_latest_revision()
    with pytest.raises(policies.CannotSign, match="made up for the demonstration"):
        sign(article=article, revision=revision, reviewer=made_up, part=SignOff.Part.CLINICAL, now=NOW)
    with override_settings(NEARER_DEMO=True):
        sign(article=article, revision=revision, reviewer=made_up, part=SignOff.Part.CLINICAL, now=NOW)
        publish(edition=edition_of(revision, now=NOW))
        found = read()
        assert found is not None
        assert found.is_demonstration
    assert read() is None


def test_a_source_that_is_gone_supports_no_claim() -> None:
    article = an_article()
    Source.objects.update(gone_since=TODAY)
    with pytest.raises(policies.CannotCheck, match="Claim c1 has no source left that can be read"):
        check_evidence(article=article, revision=article.get_latest_revision(), by=None, now=NOW)


def test_signing_the_same_text_twice_is_one_signature() -> None:
    article = an_article()
    signed(article)
    signed(article)
    assert SignOff.objects.count() == 1


def forge(**changes: Any) -> None:
    """Change signatures behind the database's back."""
    with unguarded():
        SignOff.objects.update(**changes)


def test_a_forged_signature_shows_nothing_and_is_named() -> None:
    published(an_article())
    forge(signature="A" * 86 + "==")
    assert read() is None
    assert api.shelf("en", on=TODAY) == ()
    assert "is forged, or its statement was changed" in api.verify().wrong[0]


def test_a_statement_that_was_changed_shows_nothing() -> None:
    published(an_article())
    one = SignOff.objects.get()
    forge(statement=one.statement.replace("Rosa", "Rose"))
    assert read() is None


def test_a_signature_made_with_another_key_is_none() -> None:
    published(an_article())
    one = SignOff.objects.get()
    other = signing.sign(one.statement, purpose="something else")
    forge(signature=other.value)
    assert read() is None
    assert not signing.is_valid(one.statement, other, purpose=PURPOSE)


def test_a_signature_replayed_over_another_text_shows_nothing_and_is_named() -> None:
    published(an_article())
    other = an_article("other", text="<p>Unread.[^c1]</p>")
    edition = edition_of(other.get_latest_revision(), now=NOW)
    with unguarded():
        SignOff.objects.update(edition=edition)
        attempt(lambda: other.get_latest_revision().publish())
    assert read("other") is None
    assert any("was given for another text" in sentence for sentence in api.verify().wrong)


def test_a_signed_text_that_was_changed_shows_nothing_and_the_byte_is_named() -> None:
    published(an_article())
    edition = Edition.objects.get()
    with unguarded():
        run("ALTER TABLE library_edition DROP CONSTRAINT library_hash_of_the_text")
        Edition.objects.update(content=edition.content.replace("small steps", "giant steps"))
    assert read() is None
    place = edition.content.encode().index(b"small steps")
    assert api.verify().wrong[0] == f"en/small-steps: the signed text was changed, first at byte {place}."


def test_a_page_that_is_not_what_was_signed_is_named_and_readers_see_the_signed_text() -> None:
    article = published(an_article())
    before = read()
    with unguarded():
        Article.objects.filter(pk=article.pk).update(standfirst="One step, then anothar.")
    assert read() == before
    assert "standfirst differs from byte" in api.verify().wrong[0]


def test_control_all_is_well_as_it_was_written() -> None:
    published(an_article(touches=["trauma"]))
    verdict = api.verify()
    assert (verdict.wrong, verdict.signatures, verdict.pages) == ((), 2, 1)


def test_taking_a_signature_back_takes_the_page_down() -> None:
    article = published(an_article())
    withdraw(sign_off_id=SignOff.objects.get().pk, by=a_reviewer(), reason="A trial was retracted.", now=NOW)
    check_now()
    assert read() is None
    assert not Article.objects.get(pk=article.pk).live
    lines = api.ledger_of("small-steps", "en")
    assert [line.step for line in lines[-2:]] == ["void", "taken down"]
    assert lines[-2].comment == "A trial was retracted."


def test_taking_the_newest_signature_back_leads_to_the_last_text_that_is_signed() -> None:
    article = published(an_article())
    first = read()
    rewritten(article, "<p>Newer.[^c1]</p>")
    published(article, NOW + timedelta(days=1))
    newest = SignOff.objects.order_by("-ledger_position")[0]
    withdraw(sign_off_id=newest.pk, by=a_reviewer(), reason="Too soon.", now=NOW + timedelta(days=2))
    check_now()
    assert read() == first


def test_a_source_changed_after_signing_is_on_record_and_readers_see_what_was_signed() -> None:
    article = published(an_article())
    before = read()
    source = Source.objects.get()
    source.title = "Another title"
    source.save()
    check_now()
    assert read() == before
    assert "smyth-1998 was changed after this was signed" in api.ledger_of("small-steps", "en")[-1].decision
    revision = rewritten(article, "<p>Newer.[^c1]</p>")
    assert revision.as_object().content["sources"][0]["title"] == "Another title"


def test_reading_takes_two_queries_and_a_shelf_one(django_assert_num_queries: DjangoAssertNumQueries) -> None:
    for number in range(4):
        published(an_article(f"text-{number}", related=[f"text-{(number + 1) % 4}"]))
    with django_assert_num_queries(2):
        found = read("text-1")
    assert found is not None
    assert [card.slug for card in found.related] == ["text-2"]
    with django_assert_num_queries(1):
        assert len(api.shelf("en", on=TODAY)) == 4


def test_what_drafts_change_is_not_told_before_it_is_public() -> None:
    article = published(an_article())
    rewritten(article, "<p>Secret draft.[^c1]</p>")
    assert "Secret" not in str(api.ledger_of("small-steps", "en"))
    published(article)
    assert "Secret" in str(api.ledger_of("small-steps", "en"))


def test_an_article_that_never_was_public_has_no_public_ledger() -> None:
    an_article()
    assert api.ledger_of("small-steps", "en") == ()


def test_somebodys_page_lists_what_they_wrote_and_signed() -> None:
    published(an_article())
    page = api.person("rosa-reviewer", "en", on=TODAY)
    assert page is not None
    assert [(part, card.slug) for part, card in page.articles] == [("reviewer", "small-steps")]
    assert api.person("ana-author", "en", on=TODAY) is not None
    assert api.person("nobody", "en", on=TODAY) is None
    a_person("unpublished")
    assert api.person("unpublished", "en", on=TODAY) is None


def test_the_text_hash_is_that_of_the_signed_bytes() -> None:
    published(an_article())
    edition = Edition.objects.get()
    assert hash_of(edition.content) == edition.text_hash
    assert json.loads(edition.content)["slug"] == "small-steps"
