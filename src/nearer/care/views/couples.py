"""The pages of two people who share a time: what each says alone, asking, answering, leaving."""

from __future__ import annotations

from datetime import UTC

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.utils.translation import get_language
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.care.forms.couples import AloneForm, PartnerForm, ProposalForm, SeenForm
from nearer.care.operations.couples import agreeing, asking, leaving
from nearer.care.pages import couples as pages
from nearer.care.queries.couples import standing as queries
from nearer.care.queries.couples.refusals import Changed, CoupleRefused, NotGoingAhead
from nearer.care.queries.terms import outcome_of
from nearer.care.records import BookingCard
from nearer.care.rules import stages
from nearer.care.rules.couples import NOBODY
from nearer.care.views.booking import INVALID, TAKEN, is_shared, over, site, to_page
from nearer.care.views.doors import with_booking
from nearer.care.views.finding import SeeOther
from nearer.care.vocabulary import zone_words
from nearer.directory.api import NotEligible, PlanUnknown, TherapistUnknown
from nearer.foundation import clock
from nearer.scheduling.api import Refused

#: The questions that come before a time for two, by the screen that stands for each.
NEXT = {"alone": "care:alone", "ask": "care:ask_partner"}
#: What stands against a time that two people want.
STANDS_AGAINST = (CoupleRefused, Refused, NotEligible, PlanUnknown, TherapistUnknown)


def to_together(token: str) -> HttpResponse:
    """Go to the page that says where the two of them stand."""
    return SeeOther(resolve_url("care:together", token=token))


@require_safe
@with_booking
def together(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Show where the time for two stands: waiting, ready, or not going ahead; or what this one does next."""
    if not is_shared(card):
        return to_page(token)
    found = queries.standing(card, clock.now())
    if found.screen in NEXT:
        return SeeOther(resolve_url(NEXT[found.screen], token=token))
    return _shown(request, card, token, found)


@require_http_methods(["GET", "HEAD", "POST"])
@with_booking
def alone(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Ask the one question; what follows is the same whatever is answered."""
    if not _is_proven(card):
        return to_page(token)
    form = AloneForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        found = queries.standing(card, clock.now())
        page, lines = pages.together_page(card, found, token, clock.now()), pages.help_lines(get_language() or "en")
        context = {"page": page, "form": form, "lines": lines}
        return render(request, "care/couple/alone.html", context, status=INVALID if form.is_bound else 200)
    asking.say_alone(booking_id=card.id, now=clock.now(), **form.cleaned_data)
    return to_together(token)


@require_http_methods(["GET", "HEAD", "POST"])
@with_booking
def ask(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Ask the other person: the time waits for them."""
    found = queries.standing(card, clock.now())
    if not _is_proven(card) or not (found.screen == "ask" or (found.screen == "waiting" and found.may_ask_again)):
        return to_together(token) if _is_proven(card) else to_page(token)
    form = _partner_form(request, card, is_again=found.screen == "waiting")
    if form.is_valid():
        try:
            _ask(request, card, form)
        except (NotGoingAhead, Changed):
            return to_together(token)
        except CoupleRefused as error:
            form.add_error("email", str(error))
        except (Refused, NotEligible) as error:
            return over(request, card, token, notice=str(error), status=TAKEN)
        else:
            return to_together(token)
    context = {"page": pages.together_page(card, found, token, clock.now()), "form": form}
    return render(request, "care/couple/ask.html", context, status=INVALID if form.is_bound else 200)


@require_POST
@with_booking
def accept(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Say yes to the time that was shown."""
    form = SeenForm(request.POST)
    seen = form.cleaned_data["appointment"] if form.is_valid() else 0
    try:
        agreeing.accept(booking_id=card.id, appointment_id=seen, site=site(request), now=clock.now())
    except NotGoingAhead:
        return to_together(token)
    except STANDS_AGAINST as error:
        return _shown(request, card, token, queries.standing(card, clock.now()), notice=str(error))
    return to_page(token)


@require_http_methods(["GET", "HEAD", "POST"])
@with_booking
def times(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Show who fits both, at times that suit both; take one of these in place of the one that is held."""
    found = queries.standing(card, clock.now())
    if not _is_proven(card) or not found.may_propose or found.screen not in {"decide", "waiting"}:
        return to_together(token)
    form = ProposalForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return _times(request, card, token, notice="")
    said = form.cleaned_data | {"start": form.cleaned_data["start"].astimezone(UTC)}
    try:
        agreeing.propose(booking_id=card.id, site=site(request), now=clock.now(), **said)
    except NotGoingAhead:
        return to_together(token)
    except STANDS_AGAINST as error:
        return _times(request, card, token, notice=str(error))
    return to_together(token)


@require_http_methods(["GET", "HEAD", "POST"])
@with_booking
def leave(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """End it for both: asked once, without a reason."""
    if card.couple_id is None or card.stage.name in {stages.CONFIRMED, stages.PAST, stages.CANCELLED}:
        return to_page(token)
    if request.method == "POST":
        leaving.leave(booking_id=card.id, site=site(request), now=clock.now())
        return to_together(token)
    found = queries.standing(card, clock.now())
    context = {"page": pages.together_page(card, found, token, clock.now())}
    return render(request, "care/couple/leave.html", context)


def _partner_form(request: HttpRequest, card: BookingCard, *, is_again: bool) -> PartnerForm:
    posted = request.POST if request.method == "POST" else None
    return PartnerForm(posted, uses_plan=card.answers.plan_id is not None, is_again=is_again)


def _ask(request: HttpRequest, card: BookingCard, form: PartnerForm) -> None:
    asking.ask(
        booking_id=card.id,
        start=card.appointment.session.start,
        email=form.cleaned_data["email"],
        billed=form.cleaned_data.get("billed", NOBODY),
        site=site(request),
        now=clock.now(),
    )


def _shown(
    request: HttpRequest, card: BookingCard, token: str, found: queries.Standing, *, notice: str = ""
) -> HttpResponse:
    now = clock.now()
    screen = "ended" if found.screen == "ready" else found.screen
    context = {
        "page": pages.together_page(card, found, token, now),
        "fits": screen != "decide" or queries.suits_both(card.id, now),
        "notice": notice,
        "outcome": outcome_of(card.id) if screen == "ended" else None,
    }
    return render(request, f"care/couple/{screen}.html", context, status=TAKEN if notice else 200)


def _times(request: HttpRequest, card: BookingCard, token: str, *, notice: str) -> HttpResponse:
    now = clock.now()
    context = {
        "page": pages.together_page(card, queries.standing(card, now), token, now),
        "cards": pages.fit_cards(queries.who_fits_both(card.id, now), card.answers),
        "zone": zone_words(card.time_zone),
        "notice": notice,
    }
    return render(request, "care/couple/times.html", context, status=TAKEN if notice else 200)


def _is_proven(card: BookingCard) -> bool:
    return card.is_couple and card.client is not None and card.client.is_verified
