"""The other of two people, from the link in their e-mail to a record of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Concatenate, ParamSpec

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import get_language
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods

from nearer.accounts.api import CannotAmend, ConsentMissing, TooManyCodes
from nearer.care.forms.couples import JoinForm, NeedsForm, PlaceForm
from nearer.care.operations.couples import joining, leaving
from nearer.care.pages import couples as pages
from nearer.care.policies import TooYoung
from nearer.care.queries.booking import booking
from nearer.care.queries.couples.refusals import CoupleRefused, LinkUsed, NotGoingAhead
from nearer.care.queries.couples.standing import Invitation, invitation, standing
from nearer.care.queries.finding import plans_for
from nearer.care.records import BookingCard
from nearer.care.rules.answers import Answers, AnswersUnreadable
from nearer.care.rules.invitations import open_invitation
from nearer.care.rules.tokens import open_answers, seal_answers, seal_booking
from nearer.care.views.booking import INVALID, site, to_page
from nearer.care.views.doors import GONE, NOT_FOUND, in_turn
from nearer.care.views.finding import SeeOther
from nearer.foundation import clock
from nearer.foundation.sealing import CannotUnseal, TokenExpired

Rest = ParamSpec("Rest")
OfInvitation = Callable[Concatenate[HttpRequest, Invitation, str, Rest], HttpResponse]

#: What a person typed that was refused, and at which question that is said.
AT: dict[type[Exception], str | None] = {
    TooYoung: "birth_date",
    TooManyCodes: "email",
    ConsentMissing: None,
    CannotAmend: None,
}


def with_invitation(view: OfInvitation[Rest]) -> Callable[..., HttpResponse]:
    """Open the link of whoever was asked; where it opens nothing, say in a sentence why."""

    @never_cache
    @wraps(view)
    def opened(request: HttpRequest, token: str, *args: Rest.args, **kwargs: Rest.kwargs) -> HttpResponse:
        try:
            found = invitation(*open_invitation(token, clock.now()), clock.now())
            response = in_turn(view)(request, found, token, *args, **kwargs)
        except TokenExpired:
            response = _closed(request, _("This link has run out. If the time still matters, ask for a new one."), GONE)
        except CannotUnseal:
            cut = _("We can’t read this link. It may have been cut short: open it from the e-mail itself.")
            response = _closed(request, cut, NOT_FOUND)
        except (LinkUsed, NotGoingAhead) as error:
            response = _closed(request, str(error), GONE)
        response["X-Robots-Tag"] = "noindex"
        return response

    return opened


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@with_invitation
def partner(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """Show who the therapist is and when; ask where they will be."""
    form = PlaceForm(request.POST if request.method == "POST" else None)
    if form.is_valid():
        return _to("care:needs", token, form.answered())
    page = pages.invitation_page(found, token, found.zone)
    status = INVALID if form.is_bound else 200
    return render(request, "care/couple/invitation.html", {"page": page, "form": form}, status=status)


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@with_invitation
def needs(request: HttpRequest, found: Invitation, token: str, search: str) -> HttpResponse:
    """Ask for their own plan, and what matters to them."""
    answers = _opened(search)
    if answers is None:
        return SeeOther(resolve_url("care:partner", token=token))
    plans = plans_for(answers, clock.now())
    form = NeedsForm(request.POST if request.method == "POST" else None, plans=plans, answers=answers)
    if form.is_valid():
        return _to("care:join", token, form.answered())
    context = {"page": pages.invitation_page(found, token, answers.zone), "form": form, "search": search}
    return render(request, "care/couple/needs.html", context, status=INVALID if form.is_bound else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@with_invitation
def join(request: HttpRequest, found: Invitation, token: str, search: str) -> HttpResponse:
    """Take down who they are, in a record of their own."""
    answers = _opened(search)
    if answers is None or not answers.complete:
        return SeeOther(resolve_url("care:partner", token=token))
    form = _join_form(request, found, answers)
    if form.is_valid():
        try:
            key = _joined(form, found, token, answers)
        except tuple(AT) as error:
            form.add_error(AT[type(error)], str(error))
        else:
            return to_page(key)
    context = {"page": pages.invitation_page(found, token, answers.zone), "form": form, "search": search}
    return render(request, "care/couple/join.html", context, status=INVALID if form.is_bound else 200)


def _join_form(request: HttpRequest, found: Invitation, answers: Answers) -> JoinForm:
    return JoinForm(
        request.POST if request.method == "POST" else None,
        today=clock.now().date(),
        uses_plan=found.is_billed and answers.plan_id is not None,
        modality=found.modality,
        is_billed=found.is_billed,
    )


def _joined(form: JoinForm, found: Invitation, token: str, answers: Answers) -> str:
    """Write them down, and return the key to their own booking."""
    booking_id = joining.join(
        couple_id=found.couple_id,
        part=open_invitation(token, clock.now())[1],
        answers=answers,
        registration=form.registration(language=get_language() or "en", time_zone=answers.zone),
        member_id=form.cleaned_data.get("member_id", ""),
        now=clock.now(),
    )
    return seal_booking(booking_id, booking(booking_id, clock.now()).appointment.session.end)


@require_http_methods(["GET", "HEAD", "POST"])
@with_invitation
def decline(request: HttpRequest, found: Invitation, token: str) -> HttpResponse:
    """Say no without a name or a reason: asked once."""
    page = pages.invitation_page(found, token, found.zone)
    if request.method != "POST":
        return render(request, "care/couple/decline.html", {"page": page})
    part = open_invitation(token, clock.now())[1]
    leaving.decline(couple_id=found.couple_id, part=part, site=site(request), now=clock.now())
    return render(request, "care/couple/declined.html", {"page": page})


def amend(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Correct who the other person is, before that is proven. What was typed is in the form."""
    form = JoinForm(
        request.POST if request.method == "POST" else None,
        today=clock.now().date(),
        uses_plan=False,
        modality=card.appointment.modality,
        client=card.client,
        is_billed=False,
    )
    if form.is_valid():
        try:
            said = form.registration(language=get_language() or "en", time_zone=card.time_zone)
            joining.amend(booking_id=card.id, registration=said, now=clock.now())
        except CoupleRefused:
            return to_page(token)
        except tuple(AT) as error:
            form.add_error(AT[type(error)], str(error))
        else:
            return to_page(token)
    page = pages.together_page(card, standing(card, clock.now()), token, clock.now())
    context = {"page": page, "form": form, "token": token}
    return render(request, "care/couple/amend.html", context, status=INVALID if form.is_bound else 200)


def _opened(search: str) -> Answers | None:
    try:
        return open_answers(search, clock.now())
    except (TokenExpired, CannotUnseal, AnswersUnreadable):
        return None


def _to(name: str, token: str, answers: Answers) -> HttpResponse:
    return SeeOther(resolve_url(name, token=token, search=seal_answers(answers, clock.now())))


def _closed(request: HttpRequest, sentence: str, status: int) -> HttpResponse:
    return render(request, "care/couple/closed.html", {"sentence": sentence}, status=status)
