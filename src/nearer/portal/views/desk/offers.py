"""What is offered, and where."""

from __future__ import annotations

from dataclasses import asdict

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.directory import api as directory
from nearer.foundation import clock
from nearer.portal.forms.desk.offers import PlaceForm, ServiceForm
from nearer.portal.pages.desk.facts import service_lines
from nearer.portal.queries.desk.facts import facts_of
from nearer.portal.views.desk.showing import INVALID, on, page
from nearer.portal.views.doors import DeskRequest, at_desk


@require_safe
@at_desk
def services(request: DeskRequest) -> HttpResponse:
    """Show what is offered, and where."""
    return _shown(request, PlaceForm())


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def service(request: DeskRequest, kind: str) -> HttpResponse:
    """Show one service, and keep how it is offered."""
    if kind not in directory.vocabulary.SERVICES:
        raise Http404
    held = facts_of(request.therapist_id, clock.now()).profile.service(kind)
    form = ServiceForm(request.POST if request.method == "POST" else None, held=held)
    if form.is_bound and form.is_valid():
        try:
            directory.offer_service(therapist_id=request.therapist_id, offer=form.offer(kind), now=clock.now())
            return on(request, "desk_services", _("Kept. Booked sessions stay as they were booked."))
        except directory.StatementWrong as wrong:
            form.add_error(None, str(wrong))
    context = {"form": form, "kind": kind, "title": directory.vocabulary.SERVICES[kind], "is_offered": held is not None}
    return page(request, "service", context, status=INVALID if form.errors else 200)


@require_POST
@at_desk
def stop(request: DeskRequest, kind: str) -> HttpResponse:
    """Stop offering a service."""
    held = facts_of(request.therapist_id, clock.now()).profile.service(kind)
    if held is None:
        raise Http404
    directory.withdraw_service(therapist_id=request.therapist_id, kind=kind, now=clock.now())
    offer = {name: value for name, value in asdict(held).items() if name not in {"verified_on", "expires_on"}}
    words = _("You no longer offer this. Booked sessions stay.")
    return on(request, "desk_services", words, {"what": "service", "offer": offer})


@require_POST
@at_desk
def add_place(request: DeskRequest) -> HttpResponse:
    """Add somewhere to see people."""
    form = PlaceForm(request.POST)
    if form.is_valid():
        try:
            directory.add_place(therapist_id=request.therapist_id, place=form.place(), now=clock.now())
            return on(request, "desk_services", _("The place is added."))
        except directory.StatementWrong as wrong:
            form.add_error(None, str(wrong))
    return _shown(request, form)


@require_POST
@at_desk
def drop_place(request: DeskRequest, place_id: int) -> HttpResponse:
    """See nobody at a place any more."""
    try:
        was = directory.drop_place(therapist_id=request.therapist_id, place_id=place_id, now=clock.now())
    except directory.NotYours:
        raise Http404 from None
    return on(request, "desk_services", _("The place is gone."), {"what": "place", "place": asdict(was)})


def _shown(request: DeskRequest, form: PlaceForm) -> HttpResponse:
    held = facts_of(request.therapist_id, clock.now()).profile
    context = {"form": form, "services": service_lines(held), "places": held.locations}
    return page(request, "services", context, status=INVALID if form.errors else 200)
