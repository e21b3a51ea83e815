"""One step of signing in at a time."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.contrib.auth import get_user
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse
from django.template.response import TemplateResponse

View = Callable[..., HttpResponse]


def in_turn(view: View) -> View:
    """Let one request of a session in at a time, and keep what it did and the note of it together.

    Tries are counted in the session. Without this, a hundred guesses sent at once would each see none before it.
    """

    @wraps(view)
    def held(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        with transaction.atomic():
            _wait_for(request.session.session_key)
            _look_again(request)
            response = view(request, *args, **kwargs)
            if isinstance(response, TemplateResponse):
                response.render()
            if request.session.modified and not request.session.is_empty():
                request.session.save()
        return response

    return held


def _look_again(request: HttpRequest) -> None:
    """Read the session as whoever was before us left it: what was read before our turn may be old."""
    if request.session.session_key:
        request.session = type(request.session)(request.session.session_key)
        request.user = get_user(request)


def _wait_for(session_key: str | None) -> None:
    if session_key:
        with connection.cursor() as cursor:
            cursor.execute("SELECT pg_advisory_xact_lock(hashtextextended(%s, 0))", [f"session:{session_key}"])
