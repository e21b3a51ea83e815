"""Today and this week."""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_safe

from nearer.foundation import clock
from nearer.portal.pages.desk.sessions import home_page
from nearer.portal.queries.desk.sessions import desk
from nearer.portal.views.desk.showing import page
from nearer.portal.views.doors import DeskRequest, at_desk


@require_safe
@at_desk
def home(request: DeskRequest) -> HttpResponse:
    """Show where a therapist's day begins."""
    return page(request, "home", {"page": home_page(desk(request.therapist_id, clock.now()))})
