"""The people whose names stand on articles."""

from __future__ import annotations

from django.conf import settings
from django.db import models
from django.utils.translation import gettext_lazy as _


class Contributor(models.Model):  # type: ignore[django-manager-missing]  # contributions are built on Wagtail
    """Somebody who writes, gives insights from practice, or reviews. One with a licence in force may sign."""

    class Licence(models.TextChoices):
        NONE = "", _("No licence")
        ACTIVE = "active", _("Active")
        LAPSED = "lapsed", _("Lapsed")
        SUSPENDED = "suspended", _("Suspended")

    slug = models.SlugField(unique=True, help_text=_("The name in the address of their page"))
    name = models.CharField(max_length=120)
    credentials = models.CharField(max_length=200, blank=True, help_text=_("As in: PhD, licensed psychologist"))
    about = models.TextField(blank=True)
    about_es = models.TextField(_("about, in Spanish"), blank=True)
    conflicts = models.TextField(_("conflicts of interest"), blank=True, help_text=_("Write “None” if there are none"))
    user = models.OneToOneField(
        settings.AUTH_USER_MODEL,
        models.SET_NULL,
        null=True,
        blank=True,
        related_name="+",
        verbose_name=_("signs in as"),
    )
    licence_status = models.CharField(max_length=12, choices=Licence, blank=True, default=Licence.NONE)
    licence_kind = models.CharField(max_length=60, blank=True)
    licence_jurisdiction = models.CharField(max_length=60, blank=True)
    licence_number = models.CharField(max_length=40, blank=True)
    licence_expires_on = models.DateField(null=True, blank=True)
    licence_verified_on = models.DateField(null=True, blank=True)
    licence_verified_by = models.CharField(max_length=120, blank=True, help_text=_("How it was checked, and by whom"))
    is_demonstration = models.BooleanField(default=False, editable=False)

    class Meta:
        verbose_name = _("person")
        verbose_name_plural = _("people")
        ordering = ["name"]

    def __str__(self) -> str:
        return self.name
