"""What every page of the journey needs first: its token opened, and for a hold, that it was asked for from here."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlsplit

from django.db import OperationalError
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.cache import add_never_cache_headers
from django.views.decorators.cache import never_cache

from nearer.care.forms.finding import StartForm
from nearer.care.queries.booking import BookingUnknown, booking
from nearer.care.records import BookingCard
from nearer.care.rules.answers import Answers, AnswersUnreadable
from nearer.care.rules.tokens import open_answers, open_booking
from nearer.foundation import clock
from nearer.foundation.sealing import CannotUnseal, TokenExpired

Rest = ParamSpec("Rest")
OfAnswers = Callable[Concatenate[HttpRequest, Answers, str, Rest], HttpResponse]
OfBooking = Callable[Concatenate[HttpRequest, BookingCard, str, Rest], HttpResponse]

GONE, NOT_FOUND, BUSY = 410, 404, 503
#: deadlock, lock timeout
CLASHES = frozenset({"40P01", "55P03"})


def with_answers(view: OfAnswers[Rest]) -> Callable[..., HttpResponse]:
    """Open the search in the address. Where it has run out, a form that still says who and where begins anew."""

    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        try:
            answers = open_answers(token, clock.now())
        except TokenExpired:
            start = StartForm(request.POST)
            if not start.is_valid():
                return render(request, "care/gone.html", {"expired": True, "start": StartForm()}, status=GONE)
            answers = start.answered()
        except (CannotUnseal, AnswersUnreadable):
            return render(request, "care/gone.html", {"start": StartForm()}, status=NOT_FOUND)
        response = in_turn(view)(request, answers, token, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        # Whoever uses this browser next must not read who was looked for. Back asks again, by the same address.
        if not response.has_header("Cache-Control"):
            add_never_cache_headers(response)
        return response

    return opened


def with_booking(view: OfBooking[Rest]) -> Callable[..., HttpResponse]:
    """Open the booking to which the address is the key. Its pages are kept by no browser and no cache."""

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        now = clock.now()
        try:
            card = booking(open_booking(token, now), now)
        except (TokenExpired, CannotUnseal, BookingUnknown) as error:
            status = GONE if isinstance(error, TokenExpired) else NOT_FOUND
            return render(request, "care/booking/unknown.html", {"expired": status == GONE}, status=status)
        response = in_turn(view)(request, card, token, *args, **kwargs)
        response["X-Robots-Tag"] = "noindex"
        return response

    return opened


def in_turn(view: Callable[Concatenate[HttpRequest, Rest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Say kindly that two wanted the same rows at once: PostgreSQL put this one back, and nothing of it is written."""

    @wraps(view)
    def tried(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        try:
            return view(request, *args, **kwargs)
        except OperationalError as error:
            if getattr(error.__cause__, "sqlstate", None) not in CLASHES:
                raise
            return render(request, "care/busy.html", status=BUSY)

    return tried


def same_origin(view: Callable[Concatenate[HttpRequest, Rest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Let through only what a page of ours asked for. It stands in for CSRF's cookie, since no visitor has one yet.

    Browsers have sent Origin with every post since 2020, and Sec-Fetch-Site beside it; neither can be set by a page.
    """

    @wraps(view)
    def checked(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        if not _is_from_here(request):
            return render(request, "care/elsewhere.html", status=403)
        return view(request, *args, **kwargs)

    return checked


def _is_from_here(request: HttpRequest) -> bool:
    site = request.headers.get("Sec-Fetch-Site")
    if site is not None:
        return site == "same-origin"
    try:
        origin = urlsplit(request.headers.get("Origin", "")).netloc
    except ValueError:  # such as an address that only begins a bracket
        return False
    return bool(origin) and origin == request.get_host()
