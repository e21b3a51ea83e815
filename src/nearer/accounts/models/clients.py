"""Clients, their consents, and the codes that prove an address."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nearer.foundation.ids import new_id
from nearer.foundation.sealing import SealedText


class Client(models.Model):
    """The person who seeks care. Names, birth date and phone are sealed; only a verified client attends."""

    class Reach(models.TextChoices):
        EMAIL = "email", _("E-mail")
        PHONE = "phone", _("Phone call")
        TEXT = "text", _("Text message")
        VOICEMAIL = "voicemail", _("Voicemail")

    id = models.BigIntegerField(primary_key=True, default=new_id)
    email = models.EmailField()
    email_verified_at = models.DateTimeField(null=True, blank=True)
    identity_index = models.CharField(max_length=32)
    legal_name_sealed = models.TextField()
    preferred_name_sealed = models.TextField(blank=True)
    birth_date_sealed = models.TextField()
    phone_sealed = models.TextField(blank=True)
    safe_to_reach = ArrayField(models.CharField(max_length=10), default=list)
    language = models.CharField(max_length=8)
    time_zone = models.CharField(max_length=40)
    created_at = models.DateTimeField()

    legal_name = SealedText("legal_name_sealed")
    preferred_name = SealedText("preferred_name_sealed")
    birth_date_text = SealedText("birth_date_sealed")
    phone = SealedText("phone_sealed")

    class Meta:
        constraints = [
            # The same verified mailbox and birth date is the same person; a shared mailbox may hold two.
            models.UniqueConstraint(
                fields=["identity_index"], condition=Q(email_verified_at__isnull=False), name="one_record_per_person"
            ),
        ]


class Consent(models.Model):
    """A client agreed to one thing, in the words of one version; or took it back."""

    client = models.ForeignKey(Client, models.CASCADE, related_name="consents")
    kind = models.CharField(max_length=40)
    version = models.CharField(max_length=20)
    given_at = models.DateTimeField()
    withdrawn_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client", "kind", "version"],
                condition=Q(withdrawn_at__isnull=True),
                name="one_standing_consent",
            ),
            models.CheckConstraint(
                condition=Q(withdrawn_at__isnull=True) | Q(withdrawn_at__gte=models.F("given_at")),
                name="a_consent_is_withdrawn_after_it_is_given",
            ),
        ]


class EmailCode(models.Model):
    """A six-digit code sent to a client's address. Only its keyed hash is kept."""

    id = models.BigIntegerField(primary_key=True, default=new_id)
    client = models.ForeignKey(Client, models.CASCADE, related_name="codes")
    code_hash = models.CharField(max_length=64)
    created_at = models.DateTimeField()
    expires_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    used_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["client"], condition=Q(used_at__isnull=True), name="one_open_code_per_client"
            ),
        ]
