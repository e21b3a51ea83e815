"""Words that forms and pages of the desks share."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

#: What the operator counts therapists by, the hardest first.
MEASURES: Mapping[str, Promise] = {
    "bookable": _("Truly bookable"),
    "open": _("With an opening in 14 days"),
    "accepting": _("Say they accept"),
    "listed": _("Listed"),
}
