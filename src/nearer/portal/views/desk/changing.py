"""What becomes of a session: each act shows what would follow before it is done."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nearer.care import api as care
from nearer.foundation import clock
from nearer.portal.forms.desk.sessions import MissedForm, posted_start
from nearer.portal.pages.desk.sessions import session_page, times_by_day
from nearer.portal.queries.desk.sessions import times_to_move
from nearer.portal.views.desk.sessions import found
from nearer.portal.views.desk.showing import INVALID, on, page
from nearer.portal.views.doors import DeskRequest, at_desk
from nearer.scheduling.api import AppointmentUnknown, Refused


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def cancel(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Show what follows from calling a session off, and call it off."""
    session, wrong = found(request, appointment_id), ""
    if request.method == "POST":
        try:
            care.cancel_by_therapist(
                appointment_id=appointment_id, therapist_id=request.therapist_id, site=site(request), now=clock.now()
            )
            return on(request, "desk", _("Cancelled. We told them, and showed them other times and other people."))
        except Refused as refused:
            wrong = str(refused)
    return page(request, "cancel", {"page": session_page(session), "wrong": wrong}, status=INVALID if wrong else 200)


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def move(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Show the times that can be asked for instead, and ask for one."""
    session, wrong = found(request, appointment_id), ""
    if request.method == "POST":
        start = posted_start(request.POST.get("start", ""))
        if start is None:
            raise Http404
        try:
            care.move_by_therapist(
                appointment_id=appointment_id,
                therapist_id=request.therapist_id,
                start=start,
                site=site(request),
                now=clock.now(),
            )
            return on(request, "desk_session", _("Asked. The time is held until they answer."), None, appointment_id)
        except Refused as refused:
            wrong = str(refused)
    days = times_by_day(times_to_move(session), session.zone)
    context = {"page": session_page(session), "days": days, "wrong": wrong}
    return page(request, "move", context, status=INVALID if wrong else 200)


@require_POST
@at_desk
def complete(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Note that a session took place."""
    try:
        care.complete(appointment_id=appointment_id, therapist_id=request.therapist_id, now=clock.now())
    except AppointmentUnknown:
        raise Http404 from None
    except Refused as refused:
        return on(request, "desk_session", str(refused), None, appointment_id)
    return on(request, "desk", _("Noted: the session took place."))


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def missed(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Show what follows if nobody came, and note it."""
    session = found(request, appointment_id)
    form = MissedForm(request.POST if request.method == "POST" else None, reasons=session.consequences.reasons)
    wrong = ""
    if form.is_bound and form.is_valid():
        try:
            therapist = request.therapist_id
            care.miss(appointment_id=appointment_id, therapist_id=therapist, now=clock.now(), let_go=form.reason())
            return on(request, "desk_session", _("Noted: nobody came."), None, appointment_id)
        except (Refused, ValueError) as refused:
            wrong = str(refused)
    context = {"page": session_page(session), "form": form, "wrong": wrong}
    return page(request, "missed", context, status=INVALID if wrong else 200)


def site(request: DeskRequest) -> str:
    """Return where the site is, for the links in messages."""
    return request.build_absolute_uri("/")
