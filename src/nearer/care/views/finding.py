"""Looking: nothing here sets a cookie or writes a row, whoever asks and however often."""

from __future__ import annotations

from dataclasses import replace

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render, resolve_url
from django.views.decorators.cache import cache_control
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from nearer.care.forms.finding import AskForm, StartForm, ZoneForm
from nearer.care.pages import finding as pages
from nearer.care.queries import finding as queries
from nearer.care.queries.terms import policy_in_force, policy_words
from nearer.care.rules.answers import Answers
from nearer.care.rules.tokens import seal_answers
from nearer.care.views.doors import with_answers
from nearer.directory.api import PlanUnknown, TherapistUnknown
from nearer.foundation import clock


class SeeOther(HttpResponseRedirect):
    """Go and look there: what was posted is done, and reloading does not post it again."""

    status_code = 303


def to_search(name: str, answers: Answers) -> HttpResponse:
    """Go on to a page of this search."""
    return SeeOther(resolve_url(name, token=seal_answers(answers, clock.now())))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
def find(request: HttpRequest) -> HttpResponse:
    """Take the first step: for whom, and where."""
    form = StartForm(request.POST if request.method == "POST" else None)
    if not form.is_valid():
        return render(request, "care/find.html", {"form": form}, status=422 if form.is_bound else 200)
    return to_search("care:ask", form.answered())


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@with_answers
def start(request: HttpRequest, answers: Answers, token: str) -> HttpResponse:
    """Change the first step, with the rest as it was answered."""
    before = {"who": answers.who, "jurisdiction": answers.jurisdiction}
    form = StartForm(request.POST if request.method == "POST" else None, initial=before)
    if not form.is_valid():
        return render(request, "care/find.html", {"form": form, "token": token}, status=422 if form.is_bound else 200)
    return to_search("care:ask", form.changed(answers))


@csrf_exempt
@require_http_methods(["GET", "HEAD", "POST"])
@with_answers
@cache_control(
    private=True, no_cache=True
)  # a browser keeps what is typed here through Back only for what it may store
def ask(request: HttpRequest, answers: Answers, token: str) -> HttpResponse:
    """Ask how it is paid, and what else matters."""
    form = _ask_form(request, answers)
    if not form.is_valid() or form.is_young:
        return _asked(request, form, token, status=422 if form.is_bound else 200)
    return to_search("care:answer", form.answered())


@require_safe
@with_answers
def answer(request: HttpRequest, answers: Answers, token: str) -> HttpResponse:
    """Show who can see them, with times."""
    if not answers.complete:
        return to_search("care:ask", answers)
    now = clock.now()
    try:
        found = queries.sections(answers, now)
    except PlanUnknown as error:
        return _plan_ended(request, answers, token, error)
    frame = pages.frame(answers, token, found[0].matches.plan)
    context = {"frame": frame, "sections": pages.section_pages(found, answers, now)}
    return render(request, "care/answer.html", context)


@require_safe
@with_answers
def everyone(request: HttpRequest, answers: Answers, token: str, service: str, page: int) -> HttpResponse:
    """Show one page of all who fit."""
    if service not in answers.services:
        return to_search("care:answer", answers)
    now = clock.now()
    try:
        found, plan = queries.everyone(answers, service, page=page, now=now), queries.plan_of(answers, now)
    except PlanUnknown as error:
        return _plan_ended(request, answers, token, error)
    context = {
        "frame": pages.frame(answers, token, plan),
        "title": pages.service_title(service),
        "count": pages.everyone_count(found),
        "cards": pages.cards(found.others, answers),
        "service": service,
        "found": found,
    }
    return render(request, "care/everyone.html", context)


@require_safe
@with_answers
def therapist(request: HttpRequest, answers: Answers, token: str, npi: str) -> HttpResponse:
    """Show one therapist: who they are, why they are shown, and two weeks of times."""
    return show_therapist(request, answers, token, npi)


@csrf_exempt
@require_POST
@with_answers
def zone(request: HttpRequest, answers: Answers, token: str) -> HttpResponse:  # noqa: ARG001 - part of the address
    """Show the same answer in another time zone."""
    form = ZoneForm(request.POST)
    return to_search("care:answer", replace(answers, zone=form.cleaned_data["zone"]) if form.is_valid() else answers)


def show_therapist(  # noqa: PLR0913 - a page of this many parts
    request: HttpRequest, answers: Answers, token: str, npi: str, *, notice: str = "", status: int = 200
) -> HttpResponse:
    """Show one therapist; `notice` says why a time could not be taken."""
    now = clock.now()
    try:
        seen, plan = queries.seen(answers, npi, now), queries.plan_of(answers, now)
    except PlanUnknown as error:
        return _plan_ended(request, answers, token, error)
    except TherapistUnknown as error:
        return render(request, "care/nobody.html", {"token": token, "sentence": error}, status=404)
    page, frame = pages.therapist_page(seen, answers), pages.frame(answers, token, plan)
    context = {"page": page, "frame": frame, "npi": npi, "notice": notice, "terms": policy_words(policy_in_force())}
    return render(request, "care/therapist.html", context, status=status)


def _ask_form(request: HttpRequest, answers: Answers) -> AskForm:
    plans = queries.plans_for(answers, clock.now())
    return AskForm(request.POST if request.method == "POST" else None, plans=plans, answers=answers)


def _asked(request: HttpRequest, form: AskForm, token: str, *, status: int) -> HttpResponse:
    first = pages.who_and_where(form.answers)
    return render(request, "care/ask.html", {"form": form, "token": token, "first": first}, status=status)


def _plan_ended(request: HttpRequest, answers: Answers, token: str, error: PlanUnknown) -> HttpResponse:
    """Ask for the plan again, with everything else as it was answered."""
    form, first = _ask_form(request, answers), pages.who_and_where(answers)
    context = {"form": form, "token": token, "first": first, "notice": error}
    return render(request, "care/ask.html", context, status=409)
