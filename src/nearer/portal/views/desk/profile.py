"""What clients see, as it is and as it would be."""

from __future__ import annotations

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST

from nearer.directory.api import Profile, StatementWrong
from nearer.foundation import clock
from nearer.portal.forms.desk.profile import ProfileForm
from nearer.portal.operations.desk.profile import save_profile
from nearer.portal.queries.desk import facts as queries
from nearer.portal.views.desk.showing import INVALID, on, page
from nearer.portal.views.doors import DeskRequest, at_desk


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def profile(request: DeskRequest) -> HttpResponse:
    """Show what a therapist says of themselves beside what clients see, and keep it."""
    now = clock.now()
    held = queries.facts_of(request.therapist_id, now).profile
    form = ProfileForm(request.POST if request.method == "POST" else None, profile=held)
    if form.is_bound and form.is_valid() and "preview" not in request.POST:
        try:
            save_profile(therapist_id=held.id, words=form.words(), traits=form.traits(), now=now)
            return on(request, "desk_profile", _("Kept. Clients see it within a minute."))
        except StatementWrong as wrong:
            form.add_error(None, str(wrong))
    return page(request, "profile", _context(form, held, now), status=INVALID if form.errors else 200)


@require_POST
@at_desk
def preview(request: DeskRequest) -> HttpResponse:
    """Show what clients would see; nothing is kept."""
    now = clock.now()
    held = queries.facts_of(request.therapist_id, now).profile
    form = ProfileForm(request.POST, profile=held)
    form.is_valid()
    return render(request, "portal/desk/preview.html", _context(form, held, now))


def _context(form: ProfileForm, held: Profile, now: datetime) -> dict[str, object]:
    as_it_would_be = queries.as_said(held, form.words(), form.traits(), now.date()) if form.is_bound else held
    return {"form": form, "preview": queries.preview(as_it_would_be, now)}
