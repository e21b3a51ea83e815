"""One therapist: who they are, when, and how each fact about them is known."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from django.utils.translation import gettext as _

from nearer.care.pages.finding.cards import Card, card
from nearer.care.pages.finding.facts import Fact, checked, licences, service_title, source_words
from nearer.care.records import Seen
from nearer.care.rules.answers import Answers
from nearer.directory.api import Profile, vocabulary
from nearer.matching.api import NotMatched


@dataclass(frozen=True, slots=True)
class SeenPage:
    """One therapist for one service: times by day, or one sentence why not."""

    service: str
    title: str
    card: Card | None
    reason: str


@dataclass(frozen=True, slots=True)
class TherapistPage:
    """One therapist, and how each fact about them is known."""

    name: str
    credentials: str
    pronouns: str
    about: str
    is_demonstration: bool
    training: str
    licences: tuple[Fact, ...]
    traits: tuple[tuple[str, tuple[str, ...]], ...]
    places: tuple[str, ...]
    seen: tuple[SeenPage, ...]
    sources: tuple[Fact, ...]


def therapist_page(seen: Sequence[Seen], answers: Answers) -> TherapistPage:
    """Return one therapist with two weeks of times for each service that is sought."""
    return replace(facts_of(seen[0].verdict.profile), seen=tuple(_seen(each, answers) for each in seen))


def facts_of(profile: Profile) -> TherapistPage:
    """Return one therapist without times."""
    return TherapistPage(
        name=profile.name,
        credentials=profile.credentials,
        pronouns=profile.pronouns,
        about=profile.about,
        is_demonstration=profile.is_demonstration,
        training=profile.couples_training,
        licences=tuple(licences(profile)),
        traits=tuple(_traits(profile)),
        places=tuple(f"{place.city}, {place.jurisdiction}" for place in profile.locations),
        seen=(),
        sources=tuple(_sources(profile)),
    )


def _seen(each: Seen, answers: Answers) -> SeenPage:
    title, verdict = service_title(each.service), each.verdict
    if isinstance(verdict, NotMatched):
        return SeenPage(each.service, title, None, str(verdict.reason))
    return SeenPage(each.service, title, card(verdict, answers, most_days=0, most_times=0), "")


def _traits(profile: Profile) -> Iterator[tuple[str, tuple[str, ...]]]:
    titles = {
        "concern": _("Helps with"),
        "approach": _("Ways of working"),
        "style": _("How they are"),
        "language": _("Languages"),
        "identity": _("Says of themselves"),
    }
    for kind, title in titles.items():
        known = vocabulary.TRAITS[kind]
        stated = tuple(str(words) for code, words in known.items() if code in profile.codes(kind))
        if stated:
            yield title, stated


def _sources(profile: Profile) -> Iterator[Fact]:
    yield Fact(_("Who they are: %(source)s") % {"source": source_words(profile.source)}, checked(profile.verified_on))
    for contract in profile.contracts:
        source = source_words(contract.source)
        yield Fact(f"{contract.network}, {contract.jurisdiction}: {source}", checked(contract.verified_on))
