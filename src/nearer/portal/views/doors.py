"""The doors of both desks."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpResponse
from django.shortcuts import render

from nearer.accounts.api import StaffRequest, signed_in
from nearer.portal.queries.seats import therapist_of

Rest = ParamSpec("Rest")


class DeskRequest(StaffRequest):
    """A request of a therapist at their own desk."""

    therapist_id: int


def at_desk(view: Callable[Concatenate[DeskRequest, Rest], HttpResponse]) -> Callable[..., HttpResponse]:
    """Let in therapists, and set `request.therapist_id`; who has no seat yet is told whom to ask (403)."""

    def seated(request: StaffRequest, /, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        therapist_id = therapist_of(request.staff.user_id)
        if therapist_id is None:
            return render(request, "portal/desk/no_seat.html", status=403)
        setattr(request, "therapist_id", therapist_id)  # noqa: B010 - a plain request until here
        return view(request, *args, **kwargs)  # type: ignore[arg-type]  # it has its therapist now

    return wraps(view)(signed_in("therapist")(seated))


at_operator = signed_in("operator")
