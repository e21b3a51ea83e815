"""Ends sessions that rested or lasted too long, and keeps pages of people who signed in out of every cache."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from django.contrib.auth import logout
from django.http import HttpRequest, HttpResponse
from django.utils.cache import add_never_cache_headers

from nearer.accounts.rules import NOTED_EVERY, is_over
from nearer.foundation import clock

BEGAN, SEEN = "began", "seen"


class Watch:
    """Middleware behind the one that finds out who asks. A request without our cookie costs it nothing."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if request.session.session_key and request.user.is_authenticated:
            _watch(request, clock.now())
        response = self.get_response(request)
        if request.session.accessed:
            add_never_cache_headers(response)
        return response


def _watch(request: HttpRequest, now: datetime) -> None:
    began, seen = _moment(request, BEGAN, now), _moment(request, SEEN, now)
    if is_over(began=began, seen=seen, now=now):
        logout(request)
        return
    if SEEN not in request.session or now - seen >= NOTED_EVERY:
        request.session[BEGAN], request.session[SEEN] = int(began.timestamp()), int(now.timestamp())


def _moment(request: HttpRequest, name: str, now: datetime) -> datetime:
    noted = request.session.get(name)
    return now if noted is None else datetime.fromtimestamp(noted, UTC)
