"""The one page of a booking, whose address is the key to it: where it stands, and what comes next."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render, resolve_url
from django.views.decorators.http import require_safe

from nearer.care.forms.booking import CodeForm, RegisterForm, TimeForm
from nearer.care.pages import booking as pages
from nearer.care.pages.after import after_page, elsewhere_page
from nearer.care.pages.couples import TogetherPage, together_page
from nearer.care.queries.after import after, elsewhere
from nearer.care.queries.booking import next_openings
from nearer.care.queries.couples.standing import standing
from nearer.care.records import BookingCard
from nearer.care.rules import stages
from nearer.care.views.doors import with_booking
from nearer.care.views.finding import SeeOther
from nearer.care.views.following import remembered
from nearer.foundation import clock

INVALID, TAKEN = 422, 409
#: Which stages of a time for two have pages that one person sees alone, by whether they proved who they are.
SETTLED_ALONE = {True: (stages.CONFIRMED, stages.PAST), False: (stages.DETAILS, stages.CODE)}


@require_safe
@with_booking
def show(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Show where the booking stands, and what comes next."""
    if is_shared(card):
        return SeeOther(resolve_url("care:together", token=token))
    page, name = pages.booking_page(card, token, clock.now()), card.stage.name
    if name == stages.DETAILS:
        return render(request, "care/booking/details.html", {"page": page, "form": register_form(request, card)})
    if name == stages.CODE:
        return render(request, "care/booking/code.html", {"page": page, "form": CodeForm()})
    if name in {stages.EXPIRED, stages.CANCELLED}:
        return over(request, card, token)
    return show_settled(request, card, token)


def show_settled(
    request: HttpRequest, card: BookingCard, token: str, *, notice: str = "", status: int = 200
) -> HttpResponse:
    """Show a time that is confirmed or past, with what stands beside it."""
    now = clock.now()
    page = pages.booking_page(card, token, now)
    beside = after_page(card, after(card, now), now)
    context = {"page": page, "together": _together(card, token), "notice": notice, "after": beside}
    return render(request, f"care/booking/{card.stage.name}.html", context, status=status)


def _together(card: BookingCard, token: str) -> TogetherPage | None:
    """Return which part of the session is for each of two alone; nothing where one person comes."""
    return together_page(card, standing(card, clock.now()), token, clock.now()) if card.couple_id else None


def is_shared(card: BookingCard) -> bool:
    """Say whether it takes two from here on: someone proved who they are, and it is neither confirmed nor past."""
    is_proven = card.client is not None and card.client.is_verified
    return card.is_couple and (is_proven or card.place != 1) and card.stage.name not in SETTLED_ALONE.get(is_proven, ())


def over(  # noqa: PLR0913 - a page of this many parts
    request: HttpRequest,
    card: BookingCard,
    token: str,
    *,
    form: TimeForm | None = None,
    notice: str = "",
    status: int = 200,
) -> HttpResponse:
    """Say kindly that no time is held, and offer the therapist's next ones."""
    now = clock.now()
    form = form or TimeForm(times=pages.time_choices(next_openings(card, now), card.time_zone))
    page = pages.booking_page(card, token, now)
    context = {"page": page, "form": form, "notice": notice, "has_times": form.has_times()}
    if card.stage.name == stages.CANCELLED:
        beside = after_page(card, after(card, now), now)
        offers = beside.by_therapist and not card.is_couple
        others = elsewhere_page(elsewhere(card, now), card.time_zone, now) if offers else None
        context.update(after=beside, elsewhere=others)
    return remembered(render(request, "care/booking/over.html", context, status=status), card.id, now)


def register_form(request: HttpRequest, card: BookingCard) -> RegisterForm:
    """Return the questions about who takes the time, as answered now or before."""
    return RegisterForm(
        request.POST if request.method == "POST" else None,
        today=clock.now().date(),
        uses_plan=card.answers.plan_id is not None,
        modality=card.appointment.modality,
        client=card.client,
    )


def to_page(token: str) -> HttpResponse:
    """Go back to the page of the booking, which shows where it stands by now."""
    return SeeOther(resolve_url("care:booking", token=token))


def site(request: HttpRequest) -> str:
    """Return this site's own address, for links in messages."""
    return f"{request.scheme}://{request.get_host()}"
