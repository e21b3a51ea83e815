"""The same page at its one address, and in other languages."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.conf import settings
from django.http import HttpRequest
from django.urls import translate_url


@dataclass(frozen=True, slots=True)
class Alternate:
    """This page in one language; the language is "x-default" where none fits."""

    language: str
    url: str


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a page stands: its canonical address, and every language it can be read in, this one among them."""

    canonical: str
    alternates: tuple[Alternate, ...]


def standing(request: HttpRequest, languages: Iterable[str]) -> Standing:
    """Return where the page that was asked for stands; what follows a question mark is no part of it."""
    here = request.build_absolute_uri(request.path)
    return Standing(here, alternates(here, languages))


def alternates(address: str, languages: Iterable[str]) -> tuple[Alternate, ...]:
    """Return an absolute address in each of these languages."""
    found = [Alternate(code, translate_url(address, code)) for code in languages]
    return (*found, *(Alternate("x-default", each.url) for each in found if each.language == settings.LANGUAGE_CODE))
