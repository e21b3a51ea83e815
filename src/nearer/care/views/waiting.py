"""The waiting list: its one page, and what is done there. The address is the key; there is no cookie."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import get_language
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.accounts.api import CodeExpired, CodeWrong, TooManyCodes
from nearer.care.forms.booking import CodeForm
from nearer.care.forms.waiting import WaitForm
from nearer.care.operations import waiting as operations
from nearer.care.pages import waiting as pages
from nearer.care.pages.finding import frame
from nearer.care.queries.finding import PlanUnknown, plan_of
from nearer.care.queries.waiting import WaitCard, WaitUnknown, wait
from nearer.care.rules.answers import Answers
from nearer.care.rules.tokens import open_wait, seal_wait
from nearer.care.views.booking import INVALID, TAKEN, site
from nearer.care.views.doors import in_turn, same_origin, with_answers
from nearer.care.views.finding import SeeOther, to_search
from nearer.care.views.holding import to_booking
from nearer.directory.api import NotEligible
from nearer.foundation import clock
from nearer.foundation.sealing import CannotUnseal, TokenExpired
from nearer.scheduling.api import Refused

OfWait = Callable[[HttpRequest, WaitCard, str], HttpResponse]
GONE = 410


def with_wait(view: OfWait) -> Callable[..., HttpResponse]:
    """Open the place to which the address is the key. Its page is kept by no browser and no cache."""

    @csrf_exempt
    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, token: str) -> HttpResponse:
        try:
            card = wait(open_wait(token, clock.now()), clock.now())
            response = in_turn(view)(request, card, token)
        except (TokenExpired, CannotUnseal, WaitUnknown):
            response = render(request, "care/waiting/gone.html", status=GONE)
        response["X-Robots-Tag"] = "noindex"
        return response

    return opened


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@with_answers
def join(request: HttpRequest, answers: Answers, token: str, service: str) -> HttpResponse:
    """Ask where to write when something opens."""
    if not answers.complete or service not in answers.services:
        return to_search("care:answer", answers)
    form = WaitForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _joined(request, answers, service, form)
    try:
        around = frame(answers, token, plan_of(answers, clock.now()))
    except PlanUnknown:
        return to_search("care:ask", answers)
    context = {"form": form, "frame": around, "service": service, "token": token}
    return render(request, "care/waiting/join.html", context, status=INVALID if form.is_bound else 200)


@same_origin
def _joined(_request: HttpRequest, answers: Answers, service: str, form: WaitForm) -> HttpResponse:
    now, language = clock.now(), get_language() or "en"
    email, within = form.cleaned_data["email"], form.within_days()
    wait_id = operations.join(
        answers=answers, service=service, email=email, within_days=within, language=language, now=now
    )
    return _to_wait(seal_wait(wait_id, wait(wait_id, now).expires_at))


@require_safe
@with_wait
def show(request: HttpRequest, card: WaitCard, token: str) -> HttpResponse:
    """Show where somebody stands: a code to enter, an offer to take, or that they wait."""
    return _page(request, card, token)


@require_POST
@same_origin
@with_wait
def code(request: HttpRequest, card: WaitCard, token: str) -> HttpResponse:
    """Take the code that proves the address."""
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            operations.prove(wait_id=card.id, code=form.cleaned_data["code"], now=clock.now())
        except (CodeWrong, CodeExpired) as error:
            form.add_error("code", str(error))
        else:
            return _to_wait(token)
    return _page(request, card, token, form=form, status=INVALID)


@require_POST
@same_origin
@with_wait
def code_again(request: HttpRequest, card: WaitCard, token: str) -> HttpResponse:
    """Send another code."""
    notice, status = pages.code_sent(), 200
    try:
        operations.send_code(wait_id=card.id, now=clock.now())
    except TooManyCodes as error:
        notice, status = str(error), 429
    return _page(request, card, token, notice=notice, status=status)


@require_POST
@same_origin
@with_wait
def take(request: HttpRequest, card: WaitCard, token: str) -> HttpResponse:
    """Take what is offered, and go on to its booking."""
    try:
        booking_id = operations.take(wait_id=card.id, site=site(request), now=clock.now())
    except (Refused, NotEligible) as error:
        return _page(request, wait(card.id, clock.now()), token, notice=str(error), status=TAKEN)
    return to_booking(booking_id)


@require_POST
@same_origin
@with_wait
def pass_on(request: HttpRequest, card: WaitCard, token: str) -> HttpResponse:
    """Let what is offered go to the next in line."""
    try:
        operations.pass_on(wait_id=card.id, now=clock.now())
    except Refused as error:
        return _page(request, wait(card.id, clock.now()), token, notice=str(error), status=TAKEN)
    return _to_wait(token)


@require_http_methods(["GET", "HEAD", "POST"])
@with_wait
def leave(request: HttpRequest, card: WaitCard, token: str) -> HttpResponse:
    """Leave the list: by the button, or by a mail program's one click (RFC 8058). Looking leaves nothing."""
    if request.method != "POST":
        return render(request, "care/waiting/leave.html", {"page": pages.wait_page(card, token)})
    operations.leave(wait_id=card.id, now=clock.now())
    return render(request, "care/waiting/gone.html", {"has_left": True})


def _page(  # noqa: PLR0913 - a page of this many parts
    request: HttpRequest,
    card: WaitCard,
    token: str,
    *,
    form: CodeForm | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    context = {"page": pages.wait_page(card, token), "form": form or CodeForm(), "notice": notice}
    return render(request, "care/waiting/page.html", context, status=status)


def _to_wait(token: str) -> HttpResponse:
    return SeeOther(resolve_url("care:waiting", token=token))
