"""Who takes the held time, and whether the address is theirs."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST

from nearer.accounts.api import CannotAmend, CodeExpired, CodeWrong, ConsentMissing, TooManyCodes
from nearer.care.forms.booking import CodeForm, RegisterForm, TimeForm, posted_start
from nearer.care.operations import booking as operations
from nearer.care.operations.couples import joining
from nearer.care.pages import booking as pages
from nearer.care.policies import TooYoung
from nearer.care.queries.booking import booking, next_openings, taken_already
from nearer.care.queries.couples.refusals import NotGoingAhead, SamePerson
from nearer.care.records import BookingCard
from nearer.care.rules import stages
from nearer.care.rules.couples import SECOND
from nearer.care.views.booking import INVALID, TAKEN, over, register_form, site, to_page
from nearer.care.views.doors import with_booking
from nearer.care.views.partner import amend
from nearer.directory.api import NotEligible
from nearer.foundation import clock
from nearer.scheduling.api import Refused

#: What a person typed that was refused, and at which question that is said.
AT: dict[type[Exception], str | None] = {
    TooYoung: "birth_date",
    TooManyCodes: "email",
    ConsentMissing: None,
    CannotAmend: None,
}


@require_http_methods(["GET", "HEAD", "POST"])
@with_booking
def details(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Take down who they are; a time that was lost meanwhile is asked for in the same form, with nothing lost."""
    if not card.stage.awaits(stages.DETAILS, stages.CODE):
        return to_page(token)
    if card.place == SECOND:
        return amend(request, card, token)
    form, times = register_form(request, card), _time_form(request, card)
    if not form.is_valid() or not (times is None or times.is_valid()):
        return _details(request, card, token, form, times, status=INVALID if form.is_bound else 200)
    try:
        operations.register(
            booking_id=card.id,
            registration=form.registration(language=get_language() or "en", time_zone=card.time_zone),
            member_id=form.cleaned_data.get("member_id", ""),
            start=times.chosen() if times else posted_start(request.POST) or card.appointment.session.start,
            now=clock.now(),
        )
    except tuple(AT) as error:
        form.add_error(AT[type(error)], str(error))
        return _details(request, booking(card.id, clock.now()), token, form, None, status=INVALID)
    except (Refused, NotEligible) as error:
        return _details(request, card, token, form, _other_times(card), notice=str(error), status=TAKEN)
    return to_page(token)


def _time_form(request: HttpRequest, card: BookingCard) -> TimeForm | None:
    """Return the other times as they were chosen; None where none were offered, or this one is held since."""
    if "start" not in request.POST:
        return None
    form = TimeForm(request.POST, times=pages.time_choices(next_openings(card, clock.now()), card.time_zone))
    if not form.is_valid() and taken_already(card.id, posted_start(request.POST), clock.now()) == card.id:
        return None
    return form


def _other_times(card: BookingCard) -> TimeForm:
    return TimeForm(times=pages.time_choices(next_openings(card, clock.now()), card.time_zone))


def _details(  # noqa: PLR0913 - a page of this many parts
    request: HttpRequest,
    card: BookingCard,
    token: str,
    form: RegisterForm,
    times: TimeForm | None,
    *,
    status: int,
    notice: str = "",
) -> HttpResponse:
    page = pages.booking_page(card, token, clock.now())
    context = {"page": page, "form": form, "times": times, "notice": notice}
    return render(request, "care/booking/details.html", context, status=status)


@require_POST
@with_booking
def code(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Take the code; once the address is proven, the time is confirmed."""
    if not card.stage.awaits(stages.CODE):
        return to_page(token)
    form = CodeForm(request.POST)
    if form.is_valid():
        try:
            _prove(request, card, form.cleaned_data["code"])
        except NotGoingAhead:
            return to_page(token)
        except (CodeWrong, CodeExpired, SamePerson) as error:
            form.add_error("code", str(error))
        else:
            return _confirmed(request, card, token)
    page = pages.booking_page(card, token, clock.now())
    return render(request, "care/booking/code.html", {"page": page, "form": form}, status=INVALID)


@require_POST
@with_booking
def code_again(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Send another code."""
    if not card.stage.awaits(stages.CODE):
        return to_page(token)
    notice, status = pages.code_sent(), 200
    try:
        operations.send_code(booking_id=card.id, now=clock.now())
    except TooManyCodes as error:
        notice, status = str(error), 429
    page = pages.booking_page(card, token, clock.now())
    return render(
        request, "care/booking/code.html", {"page": page, "form": CodeForm(), "notice": notice}, status=status
    )


@require_POST
@with_booking
def confirm(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Confirm the time of someone whose address is proven already."""
    if not card.stage.awaits(stages.CONFIRM):
        return to_page(token)
    return _confirmed(request, card, token)


def _prove(request: HttpRequest, card: BookingCard, code: str) -> None:
    if card.place == SECOND:
        joining.prove(booking_id=card.id, code=code, site=site(request), now=clock.now())
    else:
        operations.prove(booking_id=card.id, code=code, now=clock.now())


def _confirmed(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    if card.is_couple:  # the other person has to agree first
        return to_page(token)
    start, now = card.appointment.session.start, clock.now()
    try:
        operations.confirm(booking_id=card.id, start=start, site=site(request), now=now)
    except (Refused, NotEligible) as error:
        return over(request, card, token, notice=str(error), status=TAKEN)
    return to_page(token)
