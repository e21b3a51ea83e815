"""People who sign in, and what they sign in as."""

from __future__ import annotations

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _


class User(AbstractBaseUser, PermissionsMixin):
    """Someone who signs in: a therapist, an editor, the operator's staff. Clients need no password."""

    email = models.EmailField(unique=True)
    is_active = models.BooleanField(default=True)
    is_staff = models.BooleanField(default=False)

    objects = BaseUserManager["User"]()
    USERNAME_FIELD = "email"
    REQUIRED_FIELDS = []


class Role(models.Model):
    """Someone signs in as this, from one moment until another; a role that ended stays on record."""

    class Kind(models.TextChoices):
        THERAPIST = "therapist", _("Therapist")
        OPERATOR = "operator", _("Operator")
        EDITOR = "editor", _("Editor")
        REVIEWER = "reviewer", _("Reviewer")
        AUTHOR = "author", _("Author")

    user = models.ForeignKey(User, models.CASCADE, related_name="roles")
    kind = models.CharField(max_length=20, choices=Kind)
    granted_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["user", "kind"], condition=Q(ended_at__isnull=True), name="one_standing_role_of_a_kind"
            ),
            models.CheckConstraint(
                condition=Q(kind__in=["therapist", "operator", "editor", "reviewer", "author"]), name="a_known_role"
            ),
            models.CheckConstraint(
                condition=Q(ended_at__isnull=True) | Q(ended_at__gte=F("granted_at")),
                name="a_role_ends_after_it_begins",
            ),
        ]
