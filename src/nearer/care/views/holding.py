"""Taking a time: the first thing that is written about a visitor."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import resolve_url
from django.utils.translation import get_language
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from nearer.care.forms.booking import HoldForm
from nearer.care.operations.holding import hold as take
from nearer.care.queries.booking import booking
from nearer.care.rules.answers import Answers
from nearer.care.rules.tokens import seal_booking
from nearer.care.views.doors import same_origin, with_answers
from nearer.care.views.finding import SeeOther, show_therapist, to_search
from nearer.care.views.following import only_in_its_browser
from nearer.directory.api import NotEligible, TherapistUnknown
from nearer.foundation import clock
from nearer.scheduling.api import Refused

TAKEN = 409


@csrf_exempt
@require_POST
@same_origin
@with_answers
def hold(request: HttpRequest, answers: Answers, token: str) -> HttpResponse:
    """Take a time; where it is gone, show the therapist's next ones with a sentence that says so."""
    form = HoldForm(request.POST, now=clock.now())
    if not form.is_valid():
        return to_search("care:answer", answers)
    now = clock.now()
    known = only_in_its_browser(request, answers, now)
    try:
        booking_id = take(answers=known, language=get_language() or "en", now=now, **form.cleaned_data)
    except (Refused, NotEligible, TherapistUnknown) as error:
        npi = form.cleaned_data["npi"]
        return show_therapist(request, answers, token, npi, notice=str(error), status=TAKEN)
    return to_booking(booking_id)


def to_booking(booking_id: int) -> HttpResponse:
    """Go on to the page of a booking."""
    end = booking(booking_id, clock.now()).appointment.session.end
    return SeeOther(resolve_url("care:booking", token=seal_booking(booking_id, end)))
