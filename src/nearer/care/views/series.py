"""Meeting regularly: what it would be, and taking it."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from nearer.care.forms.series import HowOftenForm, SeriesForm
from nearer.care.operations.series import take_series
from nearer.care.pages import booking as pages
from nearer.care.pages.series import SeriesPage, series_page
from nearer.care.policies import may_have_series
from nearer.care.queries.series import outlook
from nearer.care.records import BookingCard
from nearer.care.views.booking import INVALID, TAKEN, site, to_page
from nearer.care.views.doors import with_booking
from nearer.directory.api import NotEligible
from nearer.foundation import clock
from nearer.scheduling.api import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@with_booking
def series(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Show what a series would be, with what is left out or moved; take the days that were agreed to."""
    if not may_have_series(card, now=clock.now()):
        return to_page(token)
    often = HowOftenForm.asked(request.POST if request.method == "POST" else request.GET)
    days = _days(card, often)
    form, notice = SeriesForm(request.POST if request.method == "POST" else None, choices=days.choices), ""
    if form.is_valid():
        try:
            take_series(
                booking_id=card.id,
                every_weeks=often.every_weeks,
                starts=form.chosen(),
                site=site(request),
                now=clock.now(),
            )
        except (Refused, NotEligible) as error:
            days, notice = _days(card, often), str(error)
        else:
            return to_page(token)
    page = pages.booking_page(card, token, clock.now())
    context = {"page": page, "often": often, "form": form, "series": days, "notice": notice}
    context["ticked"] = request.POST.getlist("start") if form.is_bound else [value for value, _ in days.choices]
    status = TAKEN if notice else INVALID if form.is_bound else 200
    return render(request, "care/booking/series.html", context, status=status)


def _days(card: BookingCard, often: HowOftenForm) -> SeriesPage:
    return series_page(outlook(card, every_weeks=often.every_weeks, count=often.how_many, now=clock.now()), card)
