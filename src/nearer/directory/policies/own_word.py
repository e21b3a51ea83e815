"""What a therapist may not say of themselves, in sentences that they read."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.utils.translation import gettext as _

from nearer.directory import vocabulary
from nearer.directory.records import Offer, Place

_SHORTEST_MINUTES, _LONGEST_MINUTES = 15, 240
_MOST_CENTS = 1_000_000


class NotYours(Exception):
    """There is no such thing among this therapist's own."""


class StatementWrong(Exception):
    """This can't be said as it was; says why in one sentence."""


def not_yours() -> NotYours:
    return NotYours(_("There is no such entry of yours (any more). Please reload the page."))


def check_offer(offer: Offer, *, couples_training: str) -> None:
    """Refuse a service that can't be offered.

    :raises StatementWrong: for the first thing that is wrong.
    """
    for minutes in (offer.intake_minutes, offer.session_minutes):
        if not _SHORTEST_MINUTES <= minutes <= _LONGEST_MINUTES:
            raise StatementWrong(_("A session lasts from 15 minutes to 4 hours."))
    if not offer.ages or not vocabulary.AGES.keys() >= set(offer.ages):
        raise StatementWrong(_("Choose at least one age that you see."))
    if not (offer.telehealth or offer.in_person):
        raise StatementWrong(_("Choose video, in person, or both."))
    if any(cents is not None and not 0 <= cents <= _MOST_CENTS for cents in _fees(offer)):
        raise StatementWrong(_("A fee is between nothing and $10,000."))
    if offer.kind == "couples" and not couples_training.strip():
        raise StatementWrong(_("Say in your profile which training in couples therapy you have. Couples look for it."))


def check_traits(kind: str, codes: Collection[str]) -> None:
    """Refuse what we have no word for.

    :raises StatementWrong: with the kind.
    """
    known = vocabulary.TRAITS.get(kind)
    if known is None or not known.keys() >= set(codes):
        raise StatementWrong(_("Choose from the list."))
    if kind == "language" and not codes:
        raise StatementWrong(_("Choose at least one language that you work in."))


def check_place(place: Place) -> None:
    """Refuse an address that nobody could find.

    :raises StatementWrong: with what is missing.
    """
    if not (place.street.strip() and place.city.strip() and place.postal_code.strip()):
        raise StatementWrong(_("Enter street, city and ZIP code."))
    if place.jurisdiction not in vocabulary.JURISDICTIONS:
        raise StatementWrong(_("Choose the state."))


def check_licence(*, jurisdiction: str, kind: str, number: str) -> None:
    """Refuse a licence that nobody could look up.

    :raises StatementWrong: with what is missing.
    """
    if jurisdiction not in vocabulary.JURISDICTIONS:
        raise StatementWrong(_("Choose the state that issued the license."))
    if kind not in vocabulary.LICENCES:
        raise StatementWrong(_("Choose the kind of license."))
    if not number.strip():
        raise StatementWrong(_("Enter the number on the license."))


def check_days(starts_on: date, ends_on: date | None) -> None:
    """Refuse a contract that ends before it starts.

    :raises StatementWrong: it does.
    """
    if ends_on is not None and ends_on < starts_on:
        raise StatementWrong(_("The last day is before the first one."))


def _fees(offer: Offer) -> tuple[int | None, int | None]:
    return offer.intake_fee_cents, offer.session_fee_cents
