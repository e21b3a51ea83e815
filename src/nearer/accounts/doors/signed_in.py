"""The door of every page that is not for everybody."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec
from urllib.parse import urlencode

from allauth.account.internal.flows.login import get_authentication_records
from allauth.account.internal.flows.reauthentication import raise_if_reauthentication_required
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.cache import never_cache

from nearer.accounts.queries.staff import has_factor, staff
from nearer.accounts.records import Staff

Rest = ParamSpec("Rest")
SAFE = frozenset({"GET", "HEAD"})


class StaffRequest(HttpRequest):
    """A request of someone who signed in."""

    staff: Staff


def signed_in(
    *kinds: str, fresh: bool = False
) -> Callable[[Callable[Concatenate[StaffRequest, Rest], HttpResponse]], Callable[..., HttpResponse]]:
    """Let in who signed in as one of these kinds (any, where none is named), with a second factor in this session.

    Everybody else is sent to what is missing, and comes back; who signed in as something else is told so (403).
    Sets `request.staff`. No browser and no cache keeps the page.

    :param fresh: for acts that matter: who did not use a second factor in the last five minutes does so first; what
        they sent is kept meanwhile, and done after it.
    """

    def decorated(view: Callable[Concatenate[StaffRequest, Rest], HttpResponse]) -> Callable[..., HttpResponse]:
        @never_cache
        @wraps(view)
        def checked(request: HttpRequest, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
            missing = missing_step(request)
            if missing:
                return HttpResponseRedirect(f"{reverse(missing)}?{urlencode({'next': _back(request)})}")
            who = staff(request.user.pk or 0)
            if kinds and not set(kinds).intersection(who.kinds):
                return render(request, "account/not_yours.html", {"staff": who}, status=403)
            if fresh and request.method not in SAFE:
                raise_if_reauthentication_required(request, app="allauth.mfa")
            setattr(request, "staff", who)  # noqa: B010 - a plain request until here
            return view(request, *args, **kwargs)  # type: ignore[arg-type]  # it has its staff now

        return checked

    return decorated


def missing_step(request: HttpRequest) -> str:
    """Return the name of the page of what this person has still to do; nothing where they may come in."""
    if not request.user.is_authenticated:
        return "account_login"
    if passed_second_factor(request):
        return ""
    return "mfa_reauthenticate" if has_factor(request.user.pk) else "account_second_factor"


def passed_second_factor(request: HttpRequest) -> bool:
    """Tell whether this session, and not just this person, was proven by a second factor."""
    user = request.user
    if not user.is_authenticated:
        return False
    return any(record.get("method") == "mfa" for record in get_authentication_records(request, user))


def _back(request: HttpRequest) -> str:
    """Return where to come back to: this page, or for what was sent, the start, since it can't be sent again."""
    return request.get_full_path() if request.method in SAFE else reverse("account_start")
