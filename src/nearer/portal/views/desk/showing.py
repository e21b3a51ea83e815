"""Showing a page of the desk, with what was just done and whether it can be put back."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse

from nearer.portal.views.doors import DeskRequest

DONE, UNDO = "desk_done", "desk_undo"
INVALID = 422


def page(request: DeskRequest, name: str, context: Mapping[str, Any], status: int = 200) -> HttpResponse:
    """Render one page of the desk; what was just done is said once."""
    done = request.session.pop(DONE, "")
    can_undo = bool(done and UNDO in request.session)
    return render(request, f"portal/desk/{name}.html", {**context, "done": done, "can_undo": can_undo}, status=status)


def on(request: DeskRequest, name: str, words: str, undo: dict[str, Any] | None = None, *args: object) -> HttpResponse:
    """Go on to a page, which says what was done. With `undo` it offers to put that back."""
    request.session[DONE] = words
    request.session.pop(UNDO, None)
    if undo is not None:
        request.session[UNDO] = {**undo, "page": name}
    response = HttpResponseRedirect(reverse(f"portal:{name}", args=args))
    response.status_code = 303
    return response
