"""A search that comes after a booking: what its client gave there is used again in the browser that left it alone.

The address of a search may be shown to anybody, so it must open nothing by itself. Whoever looks again, or for somebody
else after a cancellation, comes from a page that is theirs; that browser's cookie says so while the search lasts.
"""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse

from nearer.care.rules.answers import GOOD_FOR, Answers
from nearer.care.rules.tokens import open_follower, seal_follower
from nearer.foundation.sealing import CannotUnseal, TokenExpired

COOKIE = "__Host-follows" if settings.NEARER_HTTPS else "follows"


def remembered(response: HttpResponse, booking_id: int, now: datetime) -> HttpResponse:
    """Let this browser follow a booking whose page it may open."""
    response.set_cookie(
        COOKIE,
        seal_follower(booking_id, now),
        max_age=GOOD_FOR,
        httponly=True,
        samesite="Lax",
        secure=settings.NEARER_HTTPS,
    )
    return response


def only_in_its_browser(request: HttpRequest, answers: Answers, now: datetime) -> Answers:
    """Return the search as a stranger's, unless this browser is the one that left the booking it follows."""
    if answers.follows is None:
        return answers
    try:
        followed = open_follower(request.COOKIES.get(COOKIE, ""), now)
    except (CannotUnseal, TokenExpired):
        followed = None
    return answers if followed == answers.follows else replace(answers, follows=None)
