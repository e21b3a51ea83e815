"""Sending the secret shopper, and keeping what was found: counts alone."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from datetime import datetime

from django.db import transaction
from django.utils.translation import gettext as _
from procrastinate.contrib.django import app

from nearer.audit import api as audit
from nearer.care.api import NobodyListed, Trip, shop
from nearer.portal.models import ShoppingTrip

SHOP = "portal.shop"
MOST = 100_000
#: A trip is noted each time so many requests are done, so that a page can show how far it is.
NOTED_EACH = 25
SEEDS = 2**31


class CannotShop(Exception):
    """No shopper can be sent; the sentence says why."""


@transaction.atomic
def send_shopper(*, requests: int, by: int, now: datetime, seed: int | None = None) -> int:
    """Leave a trip to the worker, and return its id.

    :raises CannotShop: too many requests or none, or one is on its way.
    """
    if not 1 <= requests <= MOST:
        raise CannotShop(_("Ask between 1 and %(most)s requests.") % {"most": f"{MOST:,}"})
    if ShoppingTrip.objects.filter(finished_at__isnull=True).exists():
        raise CannotShop(_("A shopper is on the way. Wait until this trip is over."))
    trip = _begun(requests, seed, now)
    audit.record(actor=f"staff:{by}", action="sent the shopper", subject=f"trip:{trip.pk}", detail={"count": requests})
    app.configure_task(SHOP).defer(trip_id=trip.pk)
    return trip.pk


def go_shopping(
    *, requests: int, seed: int | None, at: Callable[[], datetime], on_request: Callable[[Trip], None]
) -> tuple[int, Trip]:
    """Make a trip at once, from the command line, and return its id and what was found.

    :raises CannotShop: nobody is listed.
    """
    trip = _begun(requests, seed, at())
    return trip.pk, _made(trip, at=at, on_request=on_request)


def make_trip(*, trip_id: int, at: Callable[[], datetime]) -> None:
    """Make a trip that was left to the worker; one that is over, or was called off, is left alone.

    A trip whose worker was killed is made again from its first request: the same seed asks the same.

    :raises CannotShop: nobody is listed.
    """
    trip = ShoppingTrip.objects.filter(pk=trip_id, finished_at__isnull=True).first()
    if trip is not None:
        _made(trip, at=at, on_request=lambda _: None)


def _begun(requests: int, seed: int | None, now: datetime) -> ShoppingTrip:
    chosen = secrets.randbelow(SEEDS) if seed is None else seed
    return ShoppingTrip.objects.create(seed=chosen, wanted=requests, began_at=now)


def _made(trip: ShoppingTrip, *, at: Callable[[], datetime], on_request: Callable[[Trip], None]) -> Trip:
    def note(found: Trip) -> None:
        if found.requests % NOTED_EACH == 0:
            _note(trip, found)
        on_request(found)

    try:
        found = shop(requests=trip.wanted, seed=trip.seed, at=at, on_request=note)
    except NobodyListed as nobody:
        trip.delete()
        raise CannotShop(_("Nobody is listed yet, so there is nothing to try.")) from nobody
    _note(trip, found, finished_at=at())
    return found


def _note(trip: ShoppingTrip, found: Trip, finished_at: datetime | None = None) -> None:
    ShoppingTrip.objects.filter(pk=trip.pk).update(
        requests=found.requests,
        answered=found.answered,
        therapists=found.therapists,
        shown=found.shown,
        ghosts=found.ghosts,
        finished_at=finished_at,
    )
