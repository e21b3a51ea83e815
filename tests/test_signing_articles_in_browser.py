"""One article from draft to signed to changed to void to signed again, by four people, each in a browser."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import TYPE_CHECKING

import pytest
from pytest_django.live_server_helper import LiveServer

from nearer.accounts.tests.builders import browser_signin
from nearer.foundation import clock
from nearer.library import api
from nearer.library.models import Article, Contributor
from nearer.library.tests.texts import a_reviewer, an_article

if TYPE_CHECKING:
    from playwright.sync_api import Browser, Page

pytestmark = [pytest.mark.browser, pytest.mark.django_db]


class Desk:
    """Somebody at the editor, in a browser of their own."""

    def __init__(self, page: Page, site: str, kind: str, article: Article) -> None:
        self.page, self.address = page, f"{site}/editor/pages/{article.pk}/edit/"
        self.complaints: list[str] = []
        page.on("console", lambda said: self.complaints.append(said.text) if "Content Security" in said.text else None)
        self.user_id = browser_signin(page, site, (kind,))

    def open(self) -> None:
        self.page.goto(self.address)
        self.page.wait_for_selector("[data-edit-form]")

    def submit(self, sentence: str = "") -> None:
        """Send the article to review, with a sentence more at the end of its text."""
        self.open()
        if sentence:
            self.page.locator(".public-DraftEditor-content").first.click()
            self.page.keyboard.press("Control+End")
            self.page.keyboard.type(sentence)
            self.page.wait_for_timeout(700)  # the editor hands its text to the form a moment later
        self.page.locator("footer [data-w-dropdown-target='toggle']").click()
        self.page.get_by_role("button", name="Submit to Review").click()
        self.page.wait_for_selector("text=has been submitted")

    def approve(self, button: str, conflicts: str = "") -> None:
        """Take the step that waits, and say what goes on record."""
        self.open()
        choice = self.page.get_by_role("button", name=button)
        if not choice.first.is_visible():
            self.page.locator("footer [data-w-dropdown-target='toggle']").click()
        choice.first.click()
        self.page.wait_for_selector(".modal form")
        if conflicts:
            self.page.fill(".modal [name=conflicts]", conflicts)
        self.page.locator(".modal button[type=submit]").click()
        self.page.wait_for_url(lambda address: not address.endswith("/edit/"))


@pytest.fixture
def desks(browser: Browser, live_server: LiveServer) -> Iterator[dict[str, Desk]]:
    """Return the desks of an author, an editor and two reviewers."""
    article = an_article(touches=["trauma"])
    with as_many_browsers(browser, 4) as pages:
        kinds = ("author", "editor", "reviewer", "reviewer")
        author, editor, rosa, sam = (
            Desk(page, live_server.url, kind, article) for page, kind in zip(pages, kinds, strict=True)
        )
        Article.objects.filter(pk=article.pk).update(owner=author.user_id)
        Contributor.objects.filter(slug="ana-author").update(user=author.user_id)
        today = clock.now().date()
        for slug, desk in (("rosa", rosa), ("sam", sam)):
            standing = {"licence_verified_on": today, "licence_expires_on": today + timedelta(days=90)}
            a_reviewer(slug, user_id=desk.user_id, **standing)
        yield {"author": author, "editor": editor, "rosa": rosa, "sam": sam}


@contextmanager
def as_many_browsers(browser: Browser, count: int) -> Iterator[list[Page]]:
    contexts = [browser.new_context(locale="en-US", reduced_motion="reduce") for _ in range(count)]
    yield [context.new_page() for context in contexts]
    for context in contexts:
        context.close()


def read() -> api.ReadArticle | None:
    return api.published("small-steps", "en", on=clock.now().date())


def through_review(desks: dict[str, Desk]) -> None:
    desks["editor"].approve("The evidence holds")
    desks["rosa"].approve("Sign this text", conflicts="None")
    desks["sam"].approve("Sign as second reviewer", conflicts="I know the author.")


def test_four_people_take_an_article_from_draft_to_signed_and_signed_again(desks: dict[str, Desk]) -> None:
    desks["author"].submit()
    assert read() is None
    through_review(desks)
    first = read()
    assert first is not None

    desks["author"].submit(" It can also be quick.")
    assert read() == first
    assert [line.step for line in api.ledger_of("small-steps", "en")][-1] == "void"
    through_review(desks)
    second = read()
    assert second is not None
    assert "It can also be quick." in str(second.sections)

    lines = api.ledger_of("small-steps", "en")
    steps = ["checked", "signed", "signed", "published"]
    assert [line.step for line in lines] == ["written", *steps, "changed", "void", *steps]
    assert any("It can also be quick." in change for line in lines for change in line.changes)
    assert api.verify().wrong == ()
    assert [complaint for desk in desks.values() for complaint in desk.complaints] == []
