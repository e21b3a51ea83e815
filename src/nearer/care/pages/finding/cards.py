"""One therapist on a card: when, and why. What is true of every card on a page is said once above them."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass

from django.utils.translation import gettext as _

from nearer.care.pages.finding.facts import Fact, checked, length_words, listed, price_words, way_words
from nearer.care.pages.times import Day, days
from nearer.care.rules.answers import Answers
from nearer.care.rules.spreading import CARD_DAYS, CARD_TIMES
from nearer.directory.api import ServiceCard
from nearer.matching.api import Match, Reason

#: What can be said of all at once, in this order.
SHARED = ("licence", "network", "pays_self", "soon")


@dataclass(frozen=True, slots=True)
class Card:
    """One therapist as the answer shows them. `reasons` set them apart; `known` are all, each with its day."""

    npi: str
    name: str
    credentials: str
    pronouns: str
    about: str
    is_demonstration: bool
    reasons: tuple[Fact, ...]
    known: tuple[Fact, ...]
    unmet: tuple[str, ...]
    days: tuple[Day, ...]
    has_more_times: bool
    service: str
    modality: str
    way: str
    length: str
    price: str


def cards(matches: Sequence[Match], answers: Answers) -> tuple[Card, ...]:
    said = tuple(_shared(matches))
    return tuple(card(match, answers, said=said) for match in matches)


def card(
    match: Match,
    answers: Answers,
    *,
    said: Collection[Reason] = (),
    most_days: int = CARD_DAYS,
    most_times: int = CARD_TIMES,
) -> Card:
    """Return one card without the reasons that were `said` already; 0 as most: all times, by half hours."""
    profile, shown = match.profile, days(match.openings, answers.zone, most_days=most_days, most_times=most_times)
    alike = {_what(reason) for reason in said}
    return Card(
        npi=profile.npi,
        name=profile.name,
        credentials=profile.credentials,
        pronouns=profile.pronouns,
        about=profile.about,
        is_demonstration=profile.is_demonstration,
        reasons=tuple(_facts(each for each in match.reasons if _what(each) not in alike)),
        known=tuple(_facts(match.reasons)),
        unmet=tuple(str(each.words) for each in match.unmet),
        days=shown,
        has_more_times=sum(len(day.times) for day in shown) < len(match.openings),
        service=match.service.kind,
        modality=match.modality,
        way=way_words(match.modality, profile.locations, answers.jurisdiction),
        length=length_words(match.service),
        price=_price(match.service, answers),
    )


def shared_words(matches: Sequence[Match]) -> str:
    """Return one sentence of what is true of all of these; nothing where little is."""
    said = [_of_all(reason) for reason in sorted(_shared(matches), key=lambda reason: SHARED.index(reason.kind))]
    return _("All are %(what)s.") % {"what": listed(said)} if said else ""


def _shared(matches: Sequence[Match]) -> Iterator[Reason]:
    """Yield the reasons that several therapists have in common and that can be said of all in one sentence."""
    if len(matches) < 2:  # noqa: PLR2004 - one alone shares nothing
        return
    others = [{_what(reason) for reason in match.reasons} for match in matches[1:]]
    for reason in matches[0].reasons:
        if _of_all(reason) and all(_what(reason) in each for each in others):
            yield reason


def _what(reason: Reason) -> tuple[str, tuple[str, ...], str]:
    """Return what a reason says, whenever it was checked."""
    return reason.kind, reason.codes, reason.detail


def _of_all(reason: Reason) -> str:
    """Return a reason as it goes on after "All are"; nothing for those a card had better say itself."""
    if reason.kind == "licence" and len(reason.codes) > 1:
        return ""  # both licences of a couple in two states: too much rests on it to leave it to a sentence above
    what = {"what": listed(reason.labels)}
    words = {
        "licence": _("licensed in %(what)s"),
        "network": _("in your network"),
        "pays_self": _("open to people who pay themselves"),
        "soon": _("free within two days"),
    }
    return words.get(reason.kind, "") % what


def _facts(reasons: Iterable[Reason]) -> Iterator[Fact]:
    for each in reasons:
        yield Fact(str(each.words), checked(each.verified_on or ""))


def _price(service: ServiceCard, answers: Answers) -> str:
    if answers.plan_id is not None or service.intake_fee_cents is None:
        return ""
    return _("%(fee)s for the first session") % {"fee": price_words(service.intake_fee_cents)}
