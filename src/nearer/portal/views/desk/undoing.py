"""Putting back what was just done."""

from __future__ import annotations

from django.http import HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from nearer.directory.api import NotYours, StatementWrong
from nearer.foundation import clock
from nearer.portal.operations.desk import undoing
from nearer.portal.views.desk.showing import UNDO, on
from nearer.portal.views.doors import DeskRequest, at_desk
from nearer.scheduling.api import Refused


@require_POST
@at_desk
def undo(request: DeskRequest) -> HttpResponse:
    """Put it back, once; where that can't be, say why."""
    what = request.session.pop(UNDO, None)
    if what is None:
        return on(request, "desk", _("There is nothing to undo any more."))
    try:
        undoing.undo(therapist_id=request.therapist_id, what=what, now=clock.now())
    except (NotYours, StatementWrong, Refused) as refused:
        return on(request, what["page"], str(refused))
    return on(request, what["page"], _("Undone: it is as it was before."))
