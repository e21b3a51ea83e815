"""Words about reminders."""

from __future__ import annotations

from django.conf import settings
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nearer.care.pages.finding.facts import listed


def hours_words() -> str:
    """Return when reminders go out, such as "48 hours, 24 hours and 1 hour"; empty where none do."""
    each = (
        ngettext("%(count)d hour", "%(count)d hours", hours) % {"count": hours} for hours in settings.NEARER_REMINDERS
    )
    return listed(each, _("and"))
