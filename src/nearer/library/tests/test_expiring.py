"""What time does to an article that nobody reviews."""

from __future__ import annotations

from datetime import timedelta

import pytest

from nearer.library import api
from nearer.library.models import Article, Contributor
from nearer.library.tests.texts import NOW, TODAY, an_article, check_now, published, rewritten

pytestmark = pytest.mark.django_db

YEAR = timedelta(days=365)


def test_a_banner_calls_for_review_from_the_day_it_is_due() -> None:
    published(an_article())
    before = api.published("small-steps", "en", on=TODAY + YEAR - timedelta(days=1))
    after = api.published("small-steps", "en", on=TODAY + YEAR)
    assert before is not None
    assert after is not None
    assert (before.is_overdue, after.is_overdue) == (False, True)


def test_sixty_days_later_it_is_not_read_even_if_no_worker_ran() -> None:
    published(an_article())
    assert api.published("small-steps", "en", on=TODAY + YEAR + timedelta(days=59)) is not None
    assert api.published("small-steps", "en", on=TODAY + YEAR + timedelta(days=60)) is None
    assert api.shelf("en", on=TODAY + YEAR + timedelta(days=60)) == ()


def test_the_worker_notes_what_is_due_once_and_takes_down_what_is_gone() -> None:
    article = published(an_article())
    assert api.expire(now=NOW + YEAR - timedelta(days=1)) == ()
    assert len(api.expire(now=NOW + YEAR)) == 1
    assert api.expire(now=NOW + YEAR + timedelta(days=1)) == ()
    (line,) = api.expire(now=NOW + YEAR + timedelta(days=60))
    assert line.startswith("en/small-steps: taken down")
    check_now()
    assert not Article.objects.get(pk=article.pk).live
    assert api.expire(now=NOW + YEAR + timedelta(days=61)) == ()
    assert [line.step for line in api.ledger_of("small-steps", "en")][-2:] == ["due", "expired"]
    assert api.verify().wrong == ()


def test_a_new_signature_begins_the_time_anew() -> None:
    article = published(an_article())
    rewritten(article, "<p>Read again.[^c1]</p>")
    later = NOW + timedelta(days=300)
    Contributor.objects.filter(slug="rosa-reviewer").update(
        licence_verified_on=later.date(), licence_expires_on=later.date() + YEAR
    )
    published(article, later)
    assert api.expire(now=NOW + YEAR) == ()
    found = api.published("small-steps", "en", on=TODAY + YEAR)
    assert found is not None
    assert found.due_on == later.date() + YEAR


def test_control_a_fresh_article_stays() -> None:
    published(an_article())
    assert api.expire(now=NOW) == ()
    assert api.published("small-steps", "en", on=TODAY) is not None
