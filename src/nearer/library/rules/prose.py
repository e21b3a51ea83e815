"""Cleaning what was typed or pasted down to what an article may hold, and turning marks into what is read."""

from __future__ import annotations

import html
import re
import unicodedata
from collections.abc import Mapping, Sequence

import nh3

TAGS = {"p", "ul", "ol", "li", "strong", "em", "a"}
#: What an editor's own form keeps beside: its marks on blocks, and links by number.
STORED_TAGS = TAGS | {"b", "i", "br"}
STORED_ATTRIBUTES = {"*": {"data-block-key"}, "a": {"href", "linktype", "id"}}
SCHEMES = {"https", "http", "mailto", "tel", "article"}
#: A stretch of prose longer than this was pasted by mistake.
LONGEST = 20_000

_MARK = re.compile(r"\[\^([a-z0-9-]{1,20})\]")
_LINK = re.compile(r"<a ([^>]*)>")
_ATTRIBUTE = re.compile(r'([a-z-]+)="([^"]*)"')
_OLD = ((re.compile(r"<(/?)b>"), r"<\1strong>"), (re.compile(r"<(/?)i>"), r"<\1em>"))
_TAG = re.compile(r"<[^>]+>")
_EMPTY = re.compile(r"<(p|li|ul|ol|strong|em)>\s*</\1>")
_INNER = re.compile(r"</(?:p|li)>")


def stored(text: str) -> str:
    """Return what may be kept of a stretch of prose: no script, style, class, comment or picture survives."""
    return nh3.clean(text, tags=STORED_TAGS, attributes=STORED_ATTRIBUTES, url_schemes=SCHEMES, link_rel=None)


def clean(text: str, slugs: Mapping[int, str]) -> str:
    """Return prose in its one form: the seven tags that an article has, links to articles by slug.

    :param slugs: the slugs of linked articles by their number; a link to none of them becomes plain text.
    """
    for old, new in _OLD:
        text = old.sub(new, text)
    text = nh3.clean(text, tags=TAGS, attributes={"a": {"href", "linktype", "id"}}, url_schemes=SCHEMES, link_rel=None)
    text = _LINK.sub(lambda link: _linked(dict(_ATTRIBUTE.findall(link[1])), slugs), text)
    text = nh3.clean(text, tags=TAGS, attributes={"a": {"href"}}, url_schemes=SCHEMES, link_rel=None)
    text = re.sub(r"<a>(.*?)</a>", r"\1", text)
    text = re.sub(r"\s+", " ", text.replace("\u00a0", " "))
    return unicodedata.normalize("NFC", _EMPTY.sub("", text).strip())


def links_to(text: str) -> tuple[int, ...]:
    """Return the numbers of the pages that a stretch of prose links to."""
    found = (dict(_ATTRIBUTE.findall(link)) for link in _LINK.findall(text))
    return tuple(int(a["id"]) for a in found if a.get("linktype") == "page" and a.get("id", "").isdecimal())


def marks(text: str) -> tuple[str, ...]:
    """Return the claims that a stretch of prose marks, in order."""
    return tuple(_MARK.findall(text))


def with_numbers(text: str, numbers: Mapping[str, int]) -> str:
    """Return prose whose marks of claims are small numbers that lead to them."""

    def numbered(mark: re.Match[str]) -> str:
        number = numbers.get(mark[1])
        return "" if number is None else f'<sup><a href="#claim-{mark[1]}">{number}</a></sup>'

    return _MARK.sub(numbered, text)


def words_of(blocks: Sequence[str]) -> str:
    """Return what is read aloud of some prose: no tags, no marks, a full line for each paragraph."""
    text = "\n".join(_INNER.sub("\n", _MARK.sub("", block)) for block in blocks)
    return re.sub(r"\n\s*\n+", "\n", html.unescape(_TAG.sub("", text))).strip()


def _linked(attributes: Mapping[str, str], slugs: Mapping[int, str]) -> str:
    if attributes.get("linktype") == "page":
        slug = slugs.get(int(attributes.get("id", "0") or 0))
        return f'<a href="article:{slug}">' if slug else "<a>"
    href = attributes.get("href", "")
    return f'<a href="{href}">' if href.startswith(("https://", "article:", "mailto:", "tel:")) else "<a>"
