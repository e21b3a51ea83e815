"""The audit trail."""

from __future__ import annotations

from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.views.decorators.http import require_safe

from nearer.accounts.api import StaffRequest
from nearer.audit import api as audit
from nearer.portal.forms.facts import TrailForm
from nearer.portal.views.doors import at_operator

MOST = 100


@require_safe
@at_operator
def trail(request: StaffRequest) -> HttpResponse:
    """Show who did what, the latest first."""
    form = TrailForm(request.GET or None)
    chosen: dict[str, Any] = form.chosen() if form.is_bound else {}
    acts = audit.trail(**chosen, most=MOST)
    older = request.GET.copy()
    older["before"] = str(acts[-1].id) if len(acts) == MOST else ""
    context = {"form": form, "acts": acts, "older": older.urlencode() if older["before"] else ""}
    return render(request, "portal/operator/trail.html", context)
