"""Licences and contracts: still true?"""

from __future__ import annotations

from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST, require_safe

from nearer.directory import api as directory
from nearer.foundation import clock
from nearer.portal.forms.desk.licences import ContractForm, LicenceForm
from nearer.portal.pages.desk.facts import facts_page
from nearer.portal.queries.desk.facts import facts_of
from nearer.portal.views.desk.showing import INVALID, on, page
from nearer.portal.views.doors import DeskRequest, at_desk


@require_safe
@at_desk
def facts(request: DeskRequest) -> HttpResponse:
    """Show licences and contracts with their dates, and ask whether all of it is still true."""
    return _shown(request, LicenceForm(), ContractForm(networks=directory.network_choices()))


@require_POST
@at_desk
def still_true(request: DeskRequest) -> HttpResponse:
    """One click: all of it is still true."""
    directory.attest(therapist_id=request.therapist_id, now=clock.now())
    words = _("Thank you. What you answer for yourself holds for 90 days; we asked your practice to check the rest.")
    return on(request, "desk_licences", words)


@require_POST
@at_desk
def affirm(request: DeskRequest, part: str, fact_id: int) -> HttpResponse:
    """One licence or contract is still true."""
    try:
        directory.affirm(therapist_id=request.therapist_id, part=part, fact_id=fact_id, now=clock.now())
    except directory.NotYours:
        raise Http404 from None
    return on(request, "desk_licences", _("Thank you. We asked your practice to check it."))


@require_POST
@at_desk
def deny(request: DeskRequest, part: str, fact_id: int) -> HttpResponse:
    """One licence or contract is no more."""
    try:
        said = directory.deny(therapist_id=request.therapist_id, part=part, fact_id=fact_id, now=clock.now())
    except directory.NotYours:
        raise Http404 from None
    words = _("You are no longer shown by it. Booked sessions stay: tell those clients what changes for them.")
    return on(request, "desk_licences", words, {"what": "statement", "id": said})


@require_POST
@at_desk
def take_back(request: DeskRequest, statement_id: int) -> HttpResponse:
    """Take back what was said and nobody has checked yet."""
    try:
        directory.take_back(therapist_id=request.therapist_id, statement_id=statement_id, now=clock.now())
    except directory.NotYours:
        raise Http404 from None
    return on(request, "desk_licences", _("Taken back."))


@require_POST
@at_desk
def add_licence(request: DeskRequest) -> HttpResponse:
    """Tell of a licence."""
    form = LicenceForm(request.POST)
    if form.is_valid():
        try:
            directory.declare_licence(therapist_id=request.therapist_id, now=clock.now(), **form.cleaned_data)
            return on(request, "desk_licences", _("Noted. It counts once your practice has checked it."))
        except directory.StatementWrong as wrong:
            form.add_error(None, str(wrong))
    return _shown(request, form, ContractForm(networks=directory.network_choices()))


@require_POST
@at_desk
def add_contract(request: DeskRequest) -> HttpResponse:
    """Tell of a contract."""
    form = ContractForm(request.POST, networks=directory.network_choices())
    if form.is_valid():
        try:
            directory.declare_contract(therapist_id=request.therapist_id, now=clock.now(), **form.cleaned_data)
            return on(request, "desk_licences", _("Noted. It counts once your practice has checked it."))
        except (directory.StatementWrong, directory.NotYours) as wrong:
            form.add_error(None, str(wrong))
    return _shown(request, LicenceForm(), form)


def _shown(request: DeskRequest, licence: LicenceForm, contract: ContractForm) -> HttpResponse:
    now = clock.now()
    held = facts_page(facts_of(request.therapist_id, now), now.date())
    wrong = next((form for form in (licence, contract) if form.errors), None)
    context = {"page": held, "licence": licence, "contract": contract, "form": wrong}
    return page(request, "licences", context, status=INVALID if wrong else 200)
