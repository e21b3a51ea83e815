"""Messages that must reach someone: written in a transaction, sent after it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from nearer.foundation.ids import new_id
from nearer.foundation.sealing import SealedText


class Message(models.Model):
    """One e-mail. Address, text, calendar file and links are sealed; the subject never says anything personal.

    It goes with what it is `about`, and is worthless after `until`.
    """

    id = models.BigIntegerField(primary_key=True, default=new_id)
    kind = models.CharField(max_length=40)
    key = models.CharField(max_length=120, unique=True)
    to_sealed = models.TextField()
    subject = models.CharField(max_length=200)
    body_sealed = models.TextField()
    calendar_sealed = models.TextField(blank=True)
    calendar_method = models.CharField(max_length=10, blank=True)
    stop_sealed = models.TextField(blank=True, default="")
    about = models.CharField(max_length=40, blank=True, default="")
    created_at = models.DateTimeField()
    due_at = models.DateTimeField()
    until = models.DateTimeField(null=True, blank=True)
    attempts = models.PositiveSmallIntegerField(default=0)
    sent_at = models.DateTimeField(null=True, blank=True)
    failed_at = models.DateTimeField(null=True, blank=True)
    last_error = models.CharField(max_length=200, blank=True)

    to = SealedText("to_sealed")
    body = SealedText("body_sealed")
    calendar = SealedText("calendar_sealed")
    stop = SealedText("stop_sealed")

    class Meta:
        indexes = [
            models.Index(
                fields=["due_at"], condition=Q(sent_at__isnull=True, failed_at__isnull=True), name="messages_to_send"
            ),
            models.Index(fields=["about"], condition=Q(sent_at__isnull=True) & ~Q(about=""), name="messages_about"),
        ]
