"""How a client wants to be reminded."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nearer.care.rules.reminding import PLAINNESS, WHEN


class ReminderWish(models.Model):
    """How much reminders say to one client. Who wished nothing is told when, and no more."""

    client = models.OneToOneField("accounts.Client", models.CASCADE, primary_key=True, related_name="reminder_wish")
    plainness = models.CharField(max_length=10, default=WHEN)

    class Meta:
        constraints = [
            models.CheckConstraint(condition=Q(plainness__in=PLAINNESS), name="a_reminder_says_so_much"),
        ]
