"""Answering a therapist who asks for another time."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_POST

from nearer.care.operations.accepting import accept
from nearer.care.operations.proposals import decline
from nearer.care.records import BookingCard
from nearer.care.views.booking import TAKEN, show_settled, site, to_page
from nearer.care.views.doors import with_booking
from nearer.care.views.holding import to_booking
from nearer.directory.api import NotEligible
from nearer.foundation import clock
from nearer.scheduling.api import Refused


@require_POST
@with_booking
def asked(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Take the other time, or keep the agreed one; where it is gone, say that the agreed one stays."""
    now = clock.now()
    if request.POST.get("answer") != "yes":
        decline(booking_id=card.id, now=now)
        return to_page(token)
    try:
        accept(booking_id=card.id, site=site(request), now=now)
    except (Refused, NotEligible) as error:
        return show_settled(request, card, token, notice=str(error), status=TAKEN)
    return to_booking(card.id)
