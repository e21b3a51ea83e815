"""Why am I not shown?"""

from __future__ import annotations

from django.http import HttpResponse
from django.views.decorators.http import require_http_methods

from nearer.directory import api as directory
from nearer.foundation import clock
from nearer.matching import api as matching
from nearer.portal.forms.desk.standing import RequestForm
from nearer.portal.pages.desk import standing as pages
from nearer.portal.queries.desk.facts import facts_of, first_state, standing_of
from nearer.portal.views.desk.showing import INVALID, page
from nearer.portal.views.doors import DeskRequest, at_desk


@require_http_methods(["GET", "HEAD", "POST"])
@at_desk
def shown(request: DeskRequest) -> HttpResponse:
    """Show thirty days in counts, and how one described request goes. A request is posted and kept nowhere."""
    now = clock.now()
    state = first_state(facts_of(request.therapist_id, now).profile)
    form = RequestForm(request.POST if request.method == "POST" else None, jurisdiction=state)
    found = None
    if form.is_bound and form.is_valid():
        try:
            found = pages.verdict(standing_of(request.therapist_id, form.ask(), form.cleaned_data["plan"], now))
        except directory.PlanUnknown as unknown:
            form.add_error("plan", str(unknown))
    counts = pages.counts(matching.removals_of(request.therapist_id, now=now))
    context = {"form": form, "verdict": found, "counts": counts}
    return page(request, "shown", context, status=INVALID if form.errors else 200)
