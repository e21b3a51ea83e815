"""It wasn't the right fit: say so, or don't, and look again with all that was given."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_http_methods

from nearer.care.forms.rematch import RematchForm
from nearer.care.operations.rematch import look_again
from nearer.care.pages import booking as pages
from nearer.care.pages import rematch as words
from nearer.care.policies import may_look_again
from nearer.care.queries.rematch import traits_of, upcoming
from nearer.care.records import BookingCard
from nearer.care.views.booking import INVALID, TAKEN, site, to_page
from nearer.care.views.doors import with_booking
from nearer.care.views.finding import to_search
from nearer.care.views.following import remembered
from nearer.foundation import clock
from nearer.scheduling.api import Refused


@require_http_methods(["GET", "HEAD", "POST"])
@with_booking
def rematch(request: HttpRequest, card: BookingCard, token: str) -> HttpResponse:
    """Ask what did not fit, if they care to say; then show who else can see them."""
    if not may_look_again(card):
        return to_page(token)
    form, notice, now = _form(request, card), "", clock.now()
    if form.is_valid():
        said = form.cleaned_data
        try:
            answers = look_again(
                booking_id=card.id,
                reasons=said["reasons"],
                note=said["note"],
                cancelled=form.cancelled(),
                site=site(request),
                now=now,
            )
        except Refused as error:
            notice = str(error)
        else:
            return remembered(to_search("care:answer", answers), card.id, now)
    status = TAKEN if notice else INVALID if form.is_bound else 200
    context = {"page": pages.booking_page(card, token, now), "form": form, "notice": notice}
    return render(request, "care/booking/rematch.html", context, status=status)


def _form(request: HttpRequest, card: BookingCard) -> RematchForm:
    now = clock.now()
    return RematchForm(
        request.POST if request.method == "POST" else None,
        reasons=words.reasons(traits_of(card, now)),
        times=words.times(upcoming(card, now), card.time_zone),
    )
