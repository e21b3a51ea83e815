"""Forgetting what came to nothing."""

from __future__ import annotations

from datetime import datetime

from django.db import transaction

from nearer.accounts import api as accounts
from nearer.audit import api as audit
from nearer.care.models import Booking, Couple


@transaction.atomic
def forget_unfinished(*, before: datetime) -> int:
    """Delete bookings whose time was let go before then, with whoever was typed in and never proved it.

    The appointment stays: it says of nobody more than that a time was held. Returns how many.
    """
    unfinished = Booking.objects.filter(appointment__ended_at__lt=before, appointment__status="released")
    found = dict(unfinished.select_for_update(skip_locked=True, of=("self",)).values_list("pk", "client_id"))
    Booking.objects.filter(pk__in=found).delete()
    Couple.objects.filter(bookings__isnull=True).delete()
    still_meant = Booking.objects.filter(client_id__in=found.values()).values_list("client_id", flat=True)
    accounts.forget(client_ids={client for client in found.values() if client is not None} - set(still_meant))
    if found:
        audit.record(actor="system", action="forgot", subject="bookings", detail={"count": len(found)})
    return len(found)
