"""Who sits at which desk."""

from __future__ import annotations

from django.db import models


class Seat(models.Model):
    """Somebody who signs in as a therapist, and the therapist they are. Neither is ever two."""

    user = models.OneToOneField("accounts.User", models.CASCADE, related_name="seat")
    therapist = models.OneToOneField("directory.Therapist", models.CASCADE, related_name="+")
    since = models.DateTimeField()
