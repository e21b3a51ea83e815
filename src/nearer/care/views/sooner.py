"""Asking to be told of an earlier time with the same therapist."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.http import require_http_methods

from nearer.care.operations import waiting as operations
from nearer.care.pages import booking as pages
from nearer.care.queries.waiting import wait, wait_for
from nearer.care.records import BookingCard
from nearer.care.rules import stages
from nearer.care.rules.tokens import seal_wait
from nearer.care.views.booking import TAKEN, to_page
from nearer.care.views.doors import with_booking
from nearer.care.views.finding import SeeOther
from nearer.foundation import clock
from nearer.scheduling.api import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@with_booking
def sooner(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Say what asking means, and note it; whoever has asked already sees where they stand."""
    if card.stage.name != stages.CONFIRMED:
        return to_page(token)
    now = clock.now()
    place = wait_for(card.id, now)
    notice = ""
    if place is None and request.method == "POST":
        try:
            place = operations.join_sooner(booking_id=card.id, now=now)
        except Refused as error:
            notice = str(error)
    if place is not None:
        return SeeOther(resolve_url("care:waiting", token=seal_wait(place, wait(place, now).expires_at)))
    context = {"page": pages.booking_page(card, token, now), "notice": notice}
    return render(request, "care/waiting/sooner.html", context, status=TAKEN if notice else 200)
