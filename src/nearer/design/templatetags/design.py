"""What templates need to draw the page around them and the two circles."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django import template
from django.conf import settings
from django.urls import translate_url
from django.utils.translation import get_language, get_language_info

from nearer.design.circles import Circles, circles_at

register = template.Library()


@dataclass(frozen=True, slots=True)
class Language:
    """This page in another language."""

    code: str
    name: str
    url: str


@register.simple_tag(takes_context=True)
def other_languages(context: template.Context) -> tuple[Language, ...]:
    """Return this page's address in each other language; the front page's where it has none."""
    request = context.get("request")
    here = request.path if request is not None and getattr(request, "resolver_match", None) else "/"
    return tuple(
        Language(code, _own_name(code), translate_url(here, code))
        for code, _ in settings.LANGUAGES
        if code != get_language()
    )


@register.simple_tag
def journey_circles(step: Any, steps: Any) -> Circles:
    """Return where the two circles stand at `step` of `steps`."""
    return circles_at(int(step), int(steps))


def _own_name(code: str) -> str:
    name: str = get_language_info(code)["name_local"]
    return name.capitalize()
