"""The network at a glance, one state of it, and where it is thin."""

from __future__ import annotations

import csv
from typing import cast

from django.http import Http404, HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nearer.accounts.api import StaffRequest
from nearer.directory.api import vocabulary
from nearer.foundation import clock
from nearer.matching import api as matching
from nearer.portal.forms.network import GapsForm, GlanceForm
from nearer.portal.pages.operator import gaps as gap_pages
from nearer.portal.pages.operator import overview as pages
from nearer.portal.queries.shopping import last_trip
from nearer.portal.views.doors import at_operator


@require_safe
@at_operator
def home(request: StaffRequest) -> HttpResponse:
    """Show the whole network: one service, one measure on the map."""
    form = GlanceForm(request.GET)
    seen = matching.overview(form.service_chosen, now=clock.now())
    context = {"glance": pages.glance(seen, form.measure_chosen), "trip": last_trip()}
    return render(request, "portal/operator/network.html", context)


@require_safe
@at_operator
def place(request: StaffRequest, code: str) -> HttpResponse:
    """Show one state: each plan and service."""
    if code not in vocabulary.JURISDICTIONS:
        raise Http404
    found = matching.plans_of(code, now=clock.now())
    return render(request, "portal/operator/place.html", {"place": pages.place(code, found)})


@require_safe
@at_operator
def gaps(request: StaffRequest) -> HttpResponse:
    """Show where fewer than three can be shown, and whom to recruit."""
    form = GapsForm(request.GET or {"language": ["en", "es"]})
    languages, times = form.languages_chosen(), form.times_chosen()
    shown = gap_pages.thin(_gaps(form), languages=languages, times=times, places=form.states_chosen())
    context = {"form": form, "thin": shown, "query": request.GET.urlencode()}
    return render(request, "portal/operator/gaps.html", context)


@require_safe
@at_operator
def gaps_file(request: StaffRequest) -> HttpResponse:
    """Hand out the same list whole, as a file for a spreadsheet."""
    response = HttpResponse(content_type="text/csv; charset=utf-8")
    response["Content-Disposition"] = 'attachment; filename="gaps.csv"'
    csv.writer(response).writerows(gap_pages.rows(_gaps(GapsForm(request.GET))))
    return response


def _gaps(form: GapsForm) -> tuple[matching.Gap, ...]:
    return matching.gaps(
        form.service_chosen(),
        now=clock.now(),
        languages=form.languages_chosen(),
        jurisdictions=form.states_chosen(),
        times=cast("tuple[matching.Part, ...]", form.times_chosen()),
    )
