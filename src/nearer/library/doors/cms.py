"""The editor's door: Wagtail's own pages, for people who signed in, under a policy of their own."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps
from typing import Any, cast

from csp.constants import NONE, SELF, UNSAFE_INLINE
from csp.decorators import csp
from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.clickjacking import xframe_options_sameorigin

from nearer.accounts import api as accounts
from nearer.library.operations.belonging import belong
from nearer.library.policies import CannotCheck, CannotSign
from nearer.library.rules.terms import NotSigned

KINDS = ("editor", "reviewer", "author")
#: More than this is no article. Files are taken nowhere: pictures are drawn for an article, not sent.
MOST_BYTES = 2_000_000
#: Wagtail's own ways of signing in, and pages of people's accounts, which are ours.
CLOSED = frozenset({"wagtailadmin_login", "wagtailadmin_password_reset", "wagtailadmin_account", "wagtailadmin_logout"})
#: The editor is written with styles and some scripts inside its pages; still, nothing comes from elsewhere.
POLICY = {
    "default-src": [NONE],
    "script-src": [SELF, UNSAFE_INLINE],
    "style-src": [SELF, UNSAFE_INLINE],
    "img-src": [SELF, "data:", "blob:"],
    "font-src": [SELF, "data:"],
    "connect-src": [SELF],
    "frame-src": [SELF],
    "form-action": [SELF],
    "base-uri": [NONE],
    "frame-ancestors": [SELF],
}

View = Callable[..., HttpResponse]


def _back(request: HttpRequest, page_id: int | None) -> HttpResponse:
    """Lead back to the article, where the refusal is told; the editor's boxes ask for that in words of their own."""
    url = reverse("wagtailadmin_pages:edit", args=[page_id]) if page_id else request.get_full_path()
    if request.headers.get("x-requested-with") == "XMLHttpRequest":
        return JsonResponse({"step": "success", "redirect": url})
    return HttpResponseRedirect(url)


def guarded(view: View) -> View:
    """Let in editors, reviewers and authors alone, and say why where a step is refused."""

    @wraps(view)
    def inside(request: accounts.StaffRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        belong(user_id=request.staff.user_id, kinds=request.staff.kinds)
        try:
            return view(request, *args, **kwargs)
        except (CannotSign, CannotCheck, NotSigned) as refusal:
            messages.error(request, str(refusal))
            return _back(request, kwargs.get("page_id"))

    let_in = cast("View", csp(POLICY)(xframe_options_sameorigin(accounts.signed_in(*KINDS)(inside))))

    @wraps(view)
    def door(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        match = request.resolver_match
        if match is not None and (match.url_name or "").startswith(tuple(CLOSED)):
            return HttpResponseRedirect(reverse("account_start"))
        if int(request.META.get("CONTENT_LENGTH") or 0) > MOST_BYTES:
            return render(request, "library/too_large.html", {"most": MOST_BYTES // 1_000_000}, status=413)
        return let_in(request, *args, **kwargs)

    return door
