"""Every way in which Wagtail makes a page public, tried one by one: each is refused, or lands unpublished."""

from __future__ import annotations

from collections.abc import Callable
from datetime import timedelta

import pytest
import time_machine
from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.core.serializers import deserialize, serialize
from django.db import IntegrityError, connection
from django.test import Client
from django.utils import timezone
from wagtail.actions.convert_alias import ConvertAliasPageAction
from wagtail.actions.copy_for_translation import CopyPageForTranslationAction
from wagtail.actions.copy_page import CopyPageAction
from wagtail.actions.create_alias import CreatePageAliasAction
from wagtail.actions.move_page import MovePageAction
from wagtail.actions.publish_page_revision import PublishPageRevisionAction
from wagtail.actions.revert_to_page_revision import RevertToPageRevisionAction
from wagtail.models import Locale, Page

from nearer.accounts.tests.builders import signed_in
from nearer.library import api
from nearer.library.models import Article, Claim, LedgerEvent, Shelf
from nearer.library.operations.furnishing import furnish
from nearer.library.rules.terms import NotSigned
from nearer.library.tests.forms import form_of
from nearer.library.tests.texts import NOW, TODAY, WORDS, an_article, attempt, check_now, published, rewritten

pytestmark = pytest.mark.django_db

Door = Callable[[Article], object]


def as_live(article: Article) -> None:
    article.live = True
    article.save()


def as_live_page(article: Article) -> None:
    """Save the page alone, as a shell does that asked for pages and not for articles."""
    page = Page.objects.get(pk=article.pk)
    page.live = True
    page.save()


def by_schedule(article: Article) -> None:
    article.go_live_at = timezone.now() + timedelta(hours=1)
    article.save_revision().publish()
    with time_machine.travel(timezone.now() + timedelta(hours=2)):
        call_command("publish_scheduled")


def by_finished_workflow(article: Article) -> None:
    state = article.get_workflow().start(article, user=None)
    state.finish()


def by_approving_each_task(article: Article) -> None:
    """Approve the steps themselves, past what the library does at each."""
    state = article.get_workflow().start(article, user=None)
    while state.current_task_state is not None and state.status == state.STATUS_IN_PROGRESS:
        state.current_task_state.approve(user=None)
        state.refresh_from_db()


def by_fixture(article: Article) -> None:
    article.live = True
    page = Page.objects.get(pk=article.pk)
    page.live = True
    for each in deserialize("json", serialize("json", [page])):
        each.save()


def by_hand(article: Article) -> None:
    with connection.cursor() as cursor:
        cursor.execute("UPDATE wagtailcore_page SET live = true WHERE id = %s", [article.pk])


def with_a_borrowed_hash(article: Article) -> None:
    """Give it the hash of another article, which is signed."""
    other = published(an_article("another"))
    Article.objects.filter(pk=article.pk).update(text_hash=other.text_hash)
    Page.objects.filter(pk=article.pk).update(live=True)


REFUSED: dict[str, Door] = {
    "publishing a version": lambda article: article.get_latest_revision().publish(),
    "saving a version and publishing it": lambda article: article.save_revision().publish(),
    "Wagtail's action, past every permission": lambda article: PublishPageRevisionAction(
        article.get_latest_revision()
    ).execute(skip_permission_checks=True),
    "saving it as live": as_live,
    "saving the page as live": as_live_page,
    "updating articles": lambda article: Article.objects.filter(pk=article.pk).update(live=True),
    "updating pages": lambda article: Page.objects.filter(pk=article.pk).update(live=True),
    "bulk updating": lambda article: Page.objects.bulk_update([Page(pk=article.pk, live=True)], ["live"]),
    "a schedule": by_schedule,
    "a workflow ended by hand": by_finished_workflow,
    "steps approved past the library": by_approving_each_task,
    "loading a fixture": by_fixture,
    "a statement": by_hand,
    "another article's hash": with_a_borrowed_hash,
}


@pytest.mark.parametrize("door", REFUSED)
def test_an_unsigned_article_is_not_published_by(door: str) -> None:
    article = an_article()
    with pytest.raises((NotSigned, IntegrityError)) as refusal:
        attempt(lambda: REFUSED[door](article))
    assert "valid signature" in str(refusal.value)
    assert not Page.objects.get(pk=article.pk).live
    assert api.published("small-steps", "en", on=TODAY) is None


def a_sibling(article: Article) -> Article:
    return Article(title="New", slug="new", locale=article.locale, live=True, written_on=TODAY)


LANDS: dict[str, Door] = {
    "copying": lambda article: CopyPageAction(article, update_attrs={"slug": "copy"}, keep_live=True).execute(),
    "copying a shelf": lambda article: CopyPageAction(
        article.get_parent(), to=Page.get_first_root_node(), update_attrs={"slug": "all"}, recursive=True
    ).execute(),
    "making an alias": lambda article: CreatePageAliasAction(article, update_slug="alias").execute(),
    "turning an alias into a page": lambda article: ConvertAliasPageAction(
        CreatePageAliasAction(article, update_slug="alias").execute()
    ).execute(),
    "copying for translation": lambda article: CopyPageForTranslationAction(
        article, Locale.objects.get(language_code="es")
    ).execute(),
    "an alias for translation": lambda article: CopyPageForTranslationAction(
        article, Locale.objects.get(language_code="es"), copy_parents=True, alias=True
    ).execute(),
    "adding one that says it is live": lambda article: article.get_parent().add_child(instance=a_sibling(article)),
}


def told_public() -> list[str]:
    """Return of which articles the ledger says that they went public."""
    return list(LedgerEvent.objects.filter(step="published").values_list("article", flat=True))


@pytest.mark.parametrize("door", LANDS)
def test_beside_a_public_article_what_lands_is_unpublished_after(door: str) -> None:
    article = published(an_article())
    shelves = furnish()
    assert CopyPageForTranslationAction  # needs the other shelf to be a translation of this one
    Shelf.objects.filter(pk=shelves["es"].pk).update(translation_key=shelves["en"].translation_key)
    attempt(lambda: LANDS[door](article))
    others = Article.objects.exclude(pk=article.pk)
    assert others
    assert not [other.slug for other in others if other.live]
    assert told_public() == [article.key]
    assert api.published("small-steps", "en", on=TODAY) is not None


def test_publishing_a_public_article_again_leaves_aliases_unpublished() -> None:
    article = published(an_article())
    alias = CreatePageAliasAction(article, update_slug="alias").execute()
    article.get_latest_revision().publish()
    check_now()
    alias.refresh_from_db()
    assert not alias.live


def test_moving_a_draft_publishes_nothing_and_moving_a_public_article_changes_no_word() -> None:
    draft, public = an_article("a-draft"), published(an_article())
    shelf = Page.get_first_root_node().add_child(instance=Shelf(title="Second", slug="second", locale=draft.locale))
    before = api.published("small-steps", "en", on=TODAY)
    for article in (draft, public):
        attempt(lambda article=article: MovePageAction(article, shelf, pos="last-child").execute())  # type: ignore[misc]
    assert not Page.objects.get(pk=draft.pk).live
    assert api.published("small-steps", "en", on=TODAY) == before


def test_going_back_to_an_earlier_version_makes_a_draft_of_it() -> None:
    article = published(an_article())
    first = article.get_latest_revision()
    published_hash = article.text_hash
    rewritten(article, "<p>Another text.[^c1]</p>")
    attempt(lambda: RevertToPageRevisionAction(article, first).execute())
    assert Article.objects.get(pk=article.pk).text_hash == published_hash


def overwritten(article: Article) -> None:
    article.standfirst = "Unread."
    article.save()


CHANGES: dict[str, Door] = {
    "publishing the draft": lambda article: rewritten(article, "<p>Unread.[^c1]</p>").publish(),
    "saving over it": overwritten,
    "updating the text": lambda article: Article.objects.filter(pk=article.pk).update(standfirst="Unread."),
    "updating the title": lambda article: Page.objects.filter(pk=article.pk).update(title="Unread"),
    "updating the address": lambda article: Page.objects.filter(pk=article.pk).update(slug="unread"),
    "updating a claim": lambda article: Claim.objects.filter(article=article).update(text="Unread."),
    "deleting a claim": lambda article: Claim.objects.filter(article=article).delete(),
    "adding a claim": lambda article: Claim.objects.create(article=article, key="c2", text="Unread."),
    "updating text and hash": lambda article: Article.objects.filter(pk=article.pk).update(
        standfirst="Unread.", text_hash="0" * 64
    ),
}


@pytest.mark.parametrize("change", CHANGES)
def test_a_public_text_is_not_changed_by(change: str) -> None:
    article = published(an_article())
    before = api.published("small-steps", "en", on=TODAY)
    assert before is not None
    with pytest.raises((NotSigned, IntegrityError)):
        attempt(lambda: CHANGES[change](article))
    assert api.published("small-steps", "en", on=TODAY) == before


@pytest.fixture
def wizard(client: Client) -> Client:
    """Somebody with every role and every right that Django knows: even they do not publish."""
    number = signed_in(client, kinds=("editor", "reviewer", "author"))
    get_user_model().objects.filter(pk=number).update(is_superuser=True, is_staff=True)
    return client


def test_the_editors_own_publish_button_publishes_nothing(wizard: Client) -> None:
    article = an_article()
    page = wizard.get(f"/editor/pages/{article.pk}/edit/")
    assert page.status_code == 200
    assert b"action-publish" not in page.content
    answer = wizard.post(f"/editor/pages/{article.pk}/edit/", form_of(article, WORDS, **{"action-publish": "1"}))
    assert answer.status_code in {302, 200}
    assert not Page.objects.get(pk=article.pk).live


def test_the_bulk_action_publishes_nothing(wizard: Client) -> None:
    article = an_article()
    wizard.post(f"/editor/bulk/wagtailcore/page/publish/?id={article.pk}", {"include_descendants": "on"})
    assert not Page.objects.get(pk=article.pk).live


@pytest.mark.parametrize("action", ["publish", "copy", "create_alias", "copy_for_translation"])
def test_the_editors_api_publishes_nothing(wizard: Client, action: str) -> None:
    article = an_article()
    told = {"recursive": False, "keep_live": True, "slug": "other", "locale": "es"}
    wizard.post(f"/editor/api/main/pages/{article.pk}/action/{action}/", told, content_type="application/json")
    assert not Page.objects.filter(pk__in=Article.objects.values("pk"), live=True).exists()


def test_control_a_signed_article_is_published_and_read() -> None:
    """Where this fails, the refusals above prove nothing."""
    article = published(an_article())
    assert article.live
    read = api.published("small-steps", "en", on=TODAY)
    assert read is not None
    assert read.reviewed_by[0].signed_at == NOW
