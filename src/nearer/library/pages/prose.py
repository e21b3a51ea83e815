"""Signed prose as it stands in a page: links lead somewhere, notes can be reached and left again."""

from __future__ import annotations

import re
from collections.abc import Collection

from django.urls import reverse
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

_ARTICLE = re.compile(r'<a href="article:([a-z0-9-]+)">(.*?)</a>')
_OUTWARD = re.compile(r'<a href="(https://[^"]*)">')
_NOTE = re.compile(r'<sup><a href="#claim-([a-z0-9-]+)">(\d+)</a></sup>')


def links(html: str) -> frozenset[str]:
    """Return the slugs of the articles that a stretch of prose leads to."""
    return frozenset(found[1] for found in _ARTICLE.finditer(html))


class Writer:
    """Prepares the prose of one page, stretch by stretch: the first mark of each claim is where its note leads back."""

    def __init__(self, readable: Collection[str]) -> None:
        """:param readable: the slugs of articles that may be read; a link to any other becomes plain text."""
        self._readable = readable
        self._marked = set[str]()

    def __call__(self, html: str) -> SafeString:
        html = _OUTWARD.sub(r'<a href="\1" rel="external noopener noreferrer">', html)
        html = _ARTICLE.sub(self._article, html)
        return mark_safe(_NOTE.sub(self._note, html))  # noqa: S308 - cleaned before it was signed

    def _article(self, link: re.Match[str]) -> str:
        slug, words = link.groups()
        if slug not in self._readable:
            return words
        return f'<a href="{reverse("library:article", args=[slug])}">{words}</a>'

    def _note(self, mark: re.Match[str]) -> str:
        claim, number = mark.groups()
        place = "" if claim in self._marked else f' id="mark-{claim}"'
        self._marked.add(claim)
        name = escape(_("Note %(number)s") % {"number": number})
        return f'<sup{place}><a href="#claim-{claim}" aria-label="{name}">{number}</a></sup>'
