"""The library's pages to read. They remember nothing, and show nothing that is not signed."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.http import require_safe

from nearer.foundation import clock
from nearer.library import api
from nearer.library.forms import SearchForm
from nearer.library.pages import alternates, article, linked_data, records, shelves

LANGUAGES = [code for code, _name in settings.LANGUAGES]


def language() -> str:
    """Return the language of the address that was asked for."""
    return get_language() or settings.LANGUAGE_CODE


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the shelf: where to start, then series and topics."""
    cards = api.shelf(language(), on=clock.now().date())
    context = {
        "front": shelves.front(cards),
        "form": SearchForm(),
        "standing": alternates.standing(request, LANGUAGES),
        "is_demonstration": settings.NEARER_DEMO,
    }
    return render(request, "library/front.html", context)


@require_safe
def topic(request: HttpRequest, code: str) -> HttpResponse:
    """Show what there is on one topic."""
    cards = api.shelf(language(), on=clock.now().date())
    found = shelves.about(cards, code)
    if code not in api.TOPICS or not found:
        raise Http404(_("There is no article on this topic."))
    context = {
        "name": api.TOPICS[code],
        "articles": found,
        "topics": shelves.topics(cards),
        "standing": alternates.standing(request, LANGUAGES),
    }
    return render(request, "library/topic.html", context)


@require_safe
def read(request: HttpRequest, slug: str) -> HttpResponse:
    """Show an article, whole, if valid signatures let it."""
    today = clock.now().date()
    found = api.published(slug, language(), on=today)
    if found is None:
        raise Http404(_("There is no such article."))
    readable = api.readable_among(article.led_to(found), language(), on=today)
    standing = alternates.standing(request, found.languages)
    context = {
        "page": article.article_page(found, readable),
        "article": found,
        "standing": standing,
        "linked_data": linked_data.linked_data(found, standing.canonical, request.build_absolute_uri),
    }
    return render(request, "library/article.html", context)


@require_safe
def record(request: HttpRequest, slug: str) -> HttpResponse:
    """Show what was done to an article and by whom; also once it is no longer to be read."""
    lines = api.ledger_of(slug, language())
    if not lines:
        raise Http404(_("There is no such article."))
    found = api.published(slug, language(), on=clock.now().date())
    context = {"record": records.record(lines), "article": found, "slug": slug}
    return render(request, "library/record.html", context)


@require_safe
def person(request: HttpRequest, slug: str) -> HttpResponse:
    """Show somebody who wrote, contributed to or reviewed what can be read, and what that is."""
    found = api.person(slug, language(), on=clock.now().date())
    if found is None:
        raise Http404(_("There is nobody of this name."))
    parts = [(article.PARTS[part], card) for part, card in found.articles]
    return render(request, "library/person.html", {"person": found, "articles": parts})
