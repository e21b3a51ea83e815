"""Imports from the desk: sending a file, its report, and what it put aside."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.csrf import csrf_exempt, csrf_protect
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.accounts.api import StaffRequest
from nearer.directory import api as directory
from nearer.foundation import clock
from nearer.portal.forms.imports import RowForm, UploadForm
from nearer.portal.operations.imports import quarantine
from nearer.portal.operations.imports.uploads import LARGEST, CannotRead, receive, too_large
from nearer.portal.queries.imports import upload_of, uploads
from nearer.portal.views.doors import at_operator

MOST_ROWS = 50
#: What a form adds around a file.
AROUND = 2**20


def not_too_large(view: Callable[..., HttpResponse]) -> Callable[..., HttpResponse]:
    """Refuse a body that is larger than a file may be before anything reads it, the check of the form's token too."""

    @csrf_exempt  # until the size and the person are known: `csrf_protect` stands behind the door
    @wraps(view)
    def checked(request: HttpRequest, *args: object, **kwargs: object) -> HttpResponse:
        if int(request.META.get("CONTENT_LENGTH") or 0) > LARGEST + AROUND:
            return HttpResponse(too_large(), status=413, content_type="text/plain; charset=utf-8")
        return view(request, *args, **kwargs)

    return checked


@require_safe
@at_operator
def imports(request: StaffRequest) -> HttpResponse:
    """Show what was sent, and a way to send more."""
    return _list(request, UploadForm())


@not_too_large
@require_POST
@at_operator
@csrf_protect
def send(request: StaffRequest) -> HttpResponse:
    """Keep a file for the worker."""
    form = UploadForm(request.POST, request.FILES)
    if not form.is_valid():
        return _list(request, form, status=422)
    told = form.cleaned_data
    try:
        upload_id = receive(
            source=told["source"],
            name=told["file"].name[:200],
            chunks=told["file"].chunks(),
            plans=told["plans"].chunks() if told["plans"] else None,
            as_of=told["as_of"],
            by=request.staff.user_id,
            now=clock.now(),
        )
    except CannotRead as reason:
        form.add_error("file", str(reason))
        return _list(request, form, status=422)
    return HttpResponseRedirect(reverse("portal:operator_upload", args=[upload_id]))


@require_safe
@at_operator
def upload(request: StaffRequest, upload_id: int) -> HttpResponse:
    """Show how far one file is."""
    found = upload_of(upload_id)
    if found is None:
        raise Http404
    if found.run is not None and found.finished_at is not None:
        return HttpResponseRedirect(reverse("portal:operator_import", args=[found.run.id]))
    return render(request, "portal/operator/upload.html", {"upload": found, "follow": "follow" in request.GET})


@require_safe
@at_operator
def report(request: StaffRequest, run_id: int) -> HttpResponse:
    """Show one import's report, and what it put aside, by reason."""
    run = directory.runs([run_id]).get(run_id)
    if run is None:
        raise Http404
    reason = request.GET.get("reason")
    context = {
        "run": run,
        "reasons": directory.reasons_in(run_id),
        "chosen": reason,
        "rows": directory.aside(run_id, alike=reason, most=MOST_ROWS),
        "said": request.GET.get("said", ""),
    }
    return render(request, "portal/operator/import.html", context)


@require_POST
@at_operator
def alike(request: StaffRequest, run_id: int) -> HttpResponse:
    """Try again, or discard, all rows that were put aside for one reason."""
    reason, by = request.POST.get("reason", ""), request.staff.user_id
    if request.POST.get("act") == "discard":
        quarantine.discard_alike(run_id=run_id, alike=reason, by=by)
    else:
        quarantine.try_alike(run_id=run_id, alike=reason, by=by)
    return _back(run_id)


@require_http_methods(["GET", "HEAD", "POST"])
@at_operator
def row(request: StaffRequest, row_id: int) -> HttpResponse:
    """Show one row that was put aside, mend it, or discard it."""
    found = directory.aside_row(row_id)
    if found is None:
        raise Http404
    if request.method != "POST":
        return _row(request, found, RowForm(dict(found.cells)))
    if request.POST.get("act") == "discard":
        quarantine.discard_row(row_id=row_id, by=request.staff.user_id)
        return _back(found.run_id)
    form = RowForm(dict(found.cells), request.POST.dict())
    try:
        went_in = quarantine.mend(row_id=row_id, cells=form.cells(), by=request.staff.user_id)
    except quarantine.NotMendable as reason:
        form.add_error(None, str(reason))
        return _row(request, found, form, status=422)
    return _back(found.run_id) if went_in else _still_refused(found)


def _still_refused(before: directory.Aside) -> HttpResponse:
    """Lead to the row as it stands now: it is another, at the same line."""
    now = next((each for each in directory.aside(before.run_id) if each.line == before.line), None)
    if now is None:
        return _back(before.run_id)
    return HttpResponseRedirect(reverse("portal:operator_row", args=[now.id]) + "?again=1")


def _list(request: StaffRequest, form: UploadForm, status: int = 200) -> HttpResponse:
    context = {"form": form, "uploads": uploads(), "runs": directory.latest_runs()}
    return render(request, "portal/operator/imports.html", context, status=status)


def _row(request: StaffRequest, found: directory.Aside, form: RowForm, status: int = 200) -> HttpResponse:
    context = {"row": found, "form": form, "again": "again" in request.GET}
    return render(request, "portal/operator/row.html", context, status=status)


def _back(run_id: int) -> HttpResponse:
    return HttpResponseRedirect(reverse("portal:operator_import", args=[run_id]))
