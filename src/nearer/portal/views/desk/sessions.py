"""One session."""

from __future__ import annotations

from dataclasses import replace

from django.http import Http404, HttpResponse
from django.views.decorators.http import require_safe

from nearer.care.api import read_by_therapist
from nearer.foundation import clock
from nearer.portal.pages.desk.sessions import session_page
from nearer.portal.queries.desk import sessions as queries
from nearer.portal.views.desk.showing import page
from nearer.portal.views.doors import DeskRequest, at_desk
from nearer.scheduling.api import AppointmentUnknown


@require_safe
@at_desk
def session(request: DeskRequest, appointment_id: int) -> HttpResponse:
    """Show who comes and what they told, and lead to what can be done. Another therapist's session is not there."""
    seen = found(request, appointment_id)
    alone = read_by_therapist(appointment_id=appointment_id, therapist_id=request.therapist_id)
    return page(request, "session", {"page": session_page(replace(seen, alone=alone))})


def found(request: DeskRequest, appointment_id: int) -> queries.Session:
    """Return one session of whoever is at the desk; for anybody else's there is no page (404)."""
    try:
        return queries.session(request.therapist_id, appointment_id, clock.now())
    except AppointmentUnknown:
        raise Http404 from None
