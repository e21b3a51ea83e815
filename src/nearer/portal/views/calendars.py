"""A therapist's calendars: those they keep elsewhere, and the feed of their appointments."""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import get_language
from django.views.decorators.http import require_POST, require_safe

from nearer.foundation import clock
from nearer.portal.forms.calendars import ConnectForm, FeedForm
from nearer.portal.pages import calendars as pages
from nearer.portal.views.doors import DeskRequest, at_desk
from nearer.scheduling import api as scheduling

INVALID, REFUSED = 422, 409


@require_safe
@at_desk
def show(request: DeskRequest) -> HttpResponse:
    """Show a therapist's calendars."""
    return _page(request, ConnectForm())


@require_POST
@at_desk
def connect(request: DeskRequest) -> HttpResponse:
    """Connect a calendar that the therapist keeps elsewhere."""
    form = ConnectForm(request.POST)
    if not form.is_valid():
        return _page(request, form, status=INVALID)
    try:
        scheduling.connect_calendar(therapist_id=request.therapist_id, now=clock.now(), **form.cleaned_data)
    except scheduling.Refused as error:
        form.add_error(None if isinstance(error, scheduling.NoDiary) else "address", str(error))
        return _page(request, form, status=INVALID)
    return redirect("portal:calendars")


@require_POST
@at_desk
def read(request: DeskRequest, calendar_id: int) -> HttpResponse:
    """Have a calendar read without waiting for its turn."""
    try:
        scheduling.read_calendar_soon(therapist_id=request.therapist_id, calendar_id=calendar_id)
    except scheduling.CalendarUnknown as error:
        raise Http404(str(error)) from error
    return redirect("portal:calendars")


@require_POST
@at_desk
def disconnect(request: DeskRequest, calendar_id: int) -> HttpResponse:
    """Let go of a calendar; the time that it took is free at once."""
    try:
        scheduling.disconnect_calendar(therapist_id=request.therapist_id, calendar_id=calendar_id)
    except scheduling.NoDiary as error:
        raise Http404(str(error)) from error
    return redirect("portal:calendars")


@require_POST
@at_desk
def make_feed(request: DeskRequest) -> HttpResponse:
    """Make a feed, and show its address: this once, since nobody can read it again."""
    form = FeedForm(request.POST)
    with_initials = form.is_valid() and form.cleaned_data["with_initials"]
    language = get_language() or "en"
    try:
        secret = scheduling.new_feed(
            therapist_id=request.therapist_id, with_initials=with_initials, language=language, now=clock.now()
        )
    except scheduling.NoDiary as error:
        return _page(request, ConnectForm(), notice=str(error), status=REFUSED)
    address = request.build_absolute_uri(reverse("scheduling:feed", kwargs={"secret": secret}))
    return _page(request, ConnectForm(), address=address)


@require_POST
@at_desk
def end_feed(request: DeskRequest) -> HttpResponse:
    """Make the feed's address lead nowhere."""
    try:
        scheduling.revoke_feed(therapist_id=request.therapist_id)
    except scheduling.NoDiary as error:
        raise Http404(str(error)) from error
    return redirect("portal:calendars")


def _page(
    request: DeskRequest, form: ConnectForm, *, address: str = "", notice: str = "", status: int = 200
) -> HttpResponse:
    page = pages.page(request.therapist_id, now=clock.now())
    feed_form = FeedForm(initial={"with_initials": page.with_initials})
    context = {"page": page, "form": form, "feed_form": feed_form, "address": address, "notice": notice}
    return render(request, "portal/desk/calendars.html", context, status=status)
