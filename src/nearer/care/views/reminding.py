"""Choosing how one is reminded, and ending it by one click. Neither ever touches a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST

from nearer.care.forms.reminding import RemindersForm
from nearer.care.operations import reminders as operations
from nearer.care.pages import booking as pages
from nearer.care.pages.reminding import hours_words
from nearer.care.queries.reminding import may_remind, wishes
from nearer.care.records import BookingCard
from nearer.care.rules import stages
from nearer.care.rules.tokens import open_stop
from nearer.care.views.booking import INVALID, to_page
from nearer.care.views.doors import GONE, NOT_FOUND, in_turn, same_origin, with_booking
from nearer.care.views.finding import SeeOther
from nearer.foundation import clock
from nearer.foundation.sealing import CannotUnseal, TokenExpired


@require_http_methods(["GET", "HEAD", "POST"])
@with_booking
def choose(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Let a client say whether and how plainly they are reminded."""
    if card.stage.name != stages.CONFIRMED or card.client is None:
        return to_page(token)
    found, now = wishes(card.client.id, card.client.consents), clock.now()
    form = RemindersForm(request.POST if request.method == "POST" else None, wishes=found)
    if form.is_valid() and may_remind(card.client.safe_to_reach):
        operations.choose(client_id=card.client.id, now=now, **form.cleaned_data)
        return SeeOther(resolve_url("care:reminders", token=token) + "?saved")
    context = {
        "page": pages.booking_page(card, token, now),
        "form": form,
        "may_remind": may_remind(card.client.safe_to_reach),
        "hours": hours_words(),
        "saved": "saved" in request.GET,
    }
    return render(request, "care/reminders/choose.html", context, status=INVALID if form.is_bound else 200)


def with_stop(view: Callable[[HttpRequest, int, str], HttpResponse]) -> Callable[..., HttpResponse]:
    """Open whose reminders the address is about. Its page is kept by no browser and no cache."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            client_id = open_stop(token, clock.now())
        except (TokenExpired, CannotUnseal) as error:
            status = GONE if isinstance(error, TokenExpired) else NOT_FOUND
            return render(request, "care/reminders/unknown.html", status=status)
        response = in_turn(view)(request, client_id, token)
        response["X-Robots-Tag"] = "noindex"
        return response

    return opened


@require_http_methods(["GET", "HEAD", "POST"])
@with_stop
def stop(request: HttpRequest, client_id: int, token: str) -> HttpResponse:
    """End the reminders: by the button on this page, or by a mail program itself (RFC 8058), which only posts here.

    Looking at the page ends nothing: programs that look at links before people do would end it for them.
    """
    if request.method == "POST":
        operations.stop(client_id=client_id, now=clock.now())
    return render(request, "care/reminders/stop.html", {"token": token, "is_done": request.method == "POST"})


@require_POST
@same_origin
@with_stop
def resume(request: HttpRequest, client_id: int, token: str) -> HttpResponse:
    """Take the ending back."""
    operations.resume(client_id=client_id, now=clock.now())
    return render(request, "care/reminders/stop.html", {"token": token, "is_back": True})
