"""Pages that compose the rest."""

from __future__ import annotations

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nearer.care.api import start_form
from nearer.home.pages import demo_calendar_of, demo_messages, how_matching_weighs


@require_safe
def front(request: HttpRequest) -> HttpResponse:
    """Show the front page, where looking for a therapist begins."""
    return render(request, "home/front.html", {"start": start_form()})


@require_safe
def how_matching_works(request: HttpRequest) -> HttpResponse:
    """Show how matching works, with its weights."""
    return render(request, "home/how_matching_works.html", {"weighing": how_matching_weighs()})


@require_safe
def privacy(request: HttpRequest) -> HttpResponse:
    """Show what is kept about whom, and when."""
    return render(request, "home/privacy.html", {"contact": settings.NEARER_CONTACT})


@require_safe
def health_data(request: HttpRequest) -> HttpResponse:
    """Show the policy on consumer health data, which some states want on a page of its own."""
    return render(request, "home/health_data.html", {"contact": settings.NEARER_CONTACT})


@require_safe
def accessibility(request: HttpRequest) -> HttpResponse:
    """Show what was done so that everyone can use the site, and what to do where it fails."""
    return render(request, "home/accessibility.html", {"contact": settings.NEARER_CONTACT})


@require_safe
def robots(request: HttpRequest) -> HttpResponse:
    """Tell search engines to leave searches, bookings and the demonstration alone."""
    return render(request, "home/robots.txt", content_type="text/plain; charset=utf-8")


@require_safe
def demo_outbox(request: HttpRequest) -> HttpResponse:
    """Show what a demonstration would have sent by e-mail. Elsewhere there is no such page."""
    _only_in_a_demonstration()
    return render(request, "home/demo_outbox.html", {"messages": demo_messages()})


@require_safe
def demo_calendar(request: HttpRequest, key: str) -> HttpResponse:  # noqa: ARG001  (Django passes it)
    """Download the calendar file of one message of a demonstration."""
    _only_in_a_demonstration()
    calendar = demo_calendar_of(key)
    if not calendar:
        raise Http404("This message has no calendar file.")
    headers = {"Content-Disposition": 'attachment; filename="appointment.ics"'}
    return HttpResponse(calendar, content_type="text/calendar; charset=utf-8", headers=headers)


def _only_in_a_demonstration() -> None:
    if not settings.NEARER_DEMO:
        raise Http404("Messages can be read here in a demonstration only.")
