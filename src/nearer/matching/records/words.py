"""The words for why someone is shown, what they don't meet, and why someone is not shown."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from types import MappingProxyType
from typing import TYPE_CHECKING, TypeAlias

from django.utils.text import format_lazy
from django.utils.translation import gettext_lazy as _

from nearer.directory.api import vocabulary
from nearer.matching.records.ask import TIMES

if TYPE_CHECKING:
    from django.utils.functional import Promise, _StrPromise

Words: TypeAlias = "str | _StrPromise"
_Labels: TypeAlias = Mapping[str, "str | Promise"]

#: What a code of each kind is called.
LABELS: Mapping[str, _Labels] = MappingProxyType(
    {
        **vocabulary.TRAITS,
        "licence": vocabulary.JURISDICTIONS,
        "service": vocabulary.SERVICES,
        "age": vocabulary.AGES,
        "modality": vocabulary.MODALITIES,
        "video": vocabulary.MODALITIES,
        "in_person": vocabulary.JURISDICTIONS,
        "times": TIMES,
    }
)

REASONS: Mapping[str, Words] = MappingProxyType(
    {
        "licence": _("Licensed in {what}"),
        "network": _("In your plan’s network: {what}"),
        "pays_self": _("Sees people who pay themselves"),
        "training": _("Trained for couples: {what}"),
        "modality": _("Sees people this way: {what}"),
        "concern": _("Helps with: {what}"),
        "approach": _("Works with: {what}"),
        "style": _("How they work: {what}"),
        "language": _("Speaks: {what}"),
        "identity": _("Says of themselves: {what}"),
        "times": _("Has times on {what}"),
        "soon": _("Has a time within the next two days"),
    }
)

UNMET: Mapping[str, Words] = MappingProxyType(
    {
        "concern": _("Has not listed: {what}"),
        "approach": _("Does not list this way of working: {what}"),
        "style": _("Has not said that they work this way: {what}"),
        "language": _("Has not listed: {what}"),
        "identity": _("Has not said this of themselves: {what}"),
    }
)

NOT_SHOWN: Mapping[str, Words] = MappingProxyType(
    {
        "language": _("They do not list a language that you need: {what}."),
        "concern": _("They do not list something that you must have: {what}."),
        "approach": _("They do not list something that you must have: {what}."),
        "style": _("They do not list something that you must have: {what}."),
        "identity": _("They do not list something that you must have: {what}."),
        "times": _("They have no free time on {what} in the next two weeks."),
        "openings": _("They have no free time in the next two weeks."),
        "excluded": _("They were left out of this search."),
    }
)

RELAXED: Mapping[str, Words] = MappingProxyType(
    {
        "concern": _("Without asking that they list: {what}"),
        "approach": _("Any way of working, instead of: {what}"),
        "style": _("Any style, instead of: {what}"),
        "language": _("Another language than: {what}"),
        "identity": _("Anyone, instead of: {what}"),
        "times": _("Any time of the week, instead of: {what}"),
        "modality": _("By video or in person, instead of: {what}"),
        "video": _("By video from each state, instead of: {what}"),
        "in_person": _("Both of you in person in {what}, instead of by video"),
    }
)


def labels(kind: str, codes: Sequence[str]) -> tuple[str | Promise, ...]:
    """Return what the codes of one kind are called; a code that has no label stands for itself."""
    known = LABELS.get(kind, {})
    return tuple(known.get(code, code) for code in codes)


def listing(items: Sequence[str | Promise]) -> Words:
    """Return the items as one text, in the reader's language when it is shown."""
    return format_lazy(", ".join(["{}"] * len(items)), *items) if items else ""


def sentence(of: Mapping[str, Words], kind: str, codes: Sequence[str], detail: str = "") -> Words:
    """Return the words for a kind and its codes; `detail` is text from the directory, said instead of them."""
    return format_lazy(of[kind], what=detail or listing(labels(kind, codes)))
