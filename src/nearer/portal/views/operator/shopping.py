"""The secret shopper: what it found, and sending it again."""

from __future__ import annotations

from django.http import HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.views.decorators.http import require_POST, require_safe

from nearer.accounts.api import StaffRequest
from nearer.foundation import clock
from nearer.portal.forms.shopping import ShopperForm
from nearer.portal.operations.shopping import CannotShop, send_shopper
from nearer.portal.queries.shopping import trips
from nearer.portal.views.doors import at_operator


@require_safe
@at_operator
def history(request: StaffRequest) -> HttpResponse:
    """Show what each trip found."""
    return _page(request, ShopperForm())


@require_POST
@at_operator
def send(request: StaffRequest) -> HttpResponse:
    """Send the shopper on a trip."""
    form = ShopperForm(request.POST)
    if form.is_valid():
        try:
            send_shopper(requests=form.cleaned_data["requests"], by=request.staff.user_id, now=clock.now())
            return HttpResponseRedirect(reverse("portal:operator_shopper"))
        except CannotShop as reason:
            form.add_error(None, str(reason))
    return _page(request, form, status=422)


def _page(request: StaffRequest, form: ShopperForm, status: int = 200) -> HttpResponse:
    return render(request, "portal/operator/shopper.html", {"form": form, "trips": trips()}, status=status)
