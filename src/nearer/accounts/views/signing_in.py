"""Signing in: django-allauth's steps, each in its turn; where one led back to the beginning, that page says why."""

from __future__ import annotations

from urllib.parse import urlencode

from allauth.account import views as account
from allauth.mfa.base import views as factors
from allauth.mfa.webauthn import views as passkeys
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.views.decorators.cache import never_cache

from nearer.accounts.doors import in_turn

_code, _passkey = in_turn(account.confirm_login_code), in_turn(passkeys.login_webauthn)
_again_passkey, _leave = in_turn(passkeys.reauthenticate_webauthn), in_turn(account.logout)

email = in_turn(account.request_login_code)
second = in_turn(factors.authenticate)
again = in_turn(factors.reauthenticate)


@never_cache
def code(request: HttpRequest) -> HttpResponse:
    """Take the code from the e-mail."""
    return _begin_again(request, _code(request), "code")


@never_cache
def passkey(request: HttpRequest) -> HttpResponse:
    """Take a passkey instead of an e-mail and a second factor."""
    response = _passkey(request)
    return _begin_again(request, response, "passkey") if request.method == "POST" else response


@never_cache
def again_by_passkey(request: HttpRequest) -> HttpResponse:
    """Take a passkey of somebody who is signed in, to show that it is still them."""
    response = _again_passkey(request)
    if request.method == "POST" and response.headers.get("Location") == reverse("account_login"):
        response["Location"] = _with(reverse("mfa_reauthenticate_webauthn"), request, "passkey")
    return response


def leave(request: HttpRequest) -> HttpResponse:
    """Sign out. The browser forgets the pages it kept; not its storage, where a journal of this site may lie."""
    response = _leave(request)
    if request.method == "POST":
        response["Clear-Site-Data"] = '"cache"'
    return response


def _begin_again(request: HttpRequest, response: HttpResponse, why: str) -> HttpResponse:
    if response.headers.get("Location") == reverse("account_login"):
        response["Location"] = _with(reverse("account_login"), request, why)
    return response


def _with(page: str, request: HttpRequest, why: str) -> str:
    back = request.POST.get("next") or request.GET.get("next")
    return f"{page}?{urlencode({'again': why} | ({'next': back} if back else {}))}"
