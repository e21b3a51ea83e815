"""The works that claims rest on."""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from nearer.library.vocabulary import SOURCE_KINDS


class Source(models.Model):
    """A work, cited by its key. Year 0 is an undated page. `gone_since` is when its address stopped answering."""

    key = models.SlugField(unique=True, help_text=_("The short name that claims use, such as smyth-1998"))
    title = models.TextField()
    authors = models.TextField(blank=True)
    year = models.PositiveSmallIntegerField(default=0)
    doi = models.CharField("DOI", max_length=200, blank=True)
    url = models.URLField("URL", max_length=500, blank=True)
    accessed_on = models.DateField()
    kind = models.CharField(max_length=20, choices=[(code, str(code)) for code in SOURCE_KINDS])
    checked_on = models.DateField(null=True, blank=True, editable=False)
    gone_since = models.DateField(null=True, blank=True, editable=False)

    class Meta:
        verbose_name = _("source")
        verbose_name_plural = _("sources")
        ordering = ["key"]
        constraints = [models.CheckConstraint(condition=~Q(doi="") | ~Q(url=""), name="a_source_is_somewhere")]

    def __str__(self) -> str:
        return f"{self.key}: {self.title}"

    @property
    def address(self) -> str:
        return f"https://doi.org/{self.doi}" if self.doi else self.url
