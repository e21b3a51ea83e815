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

#: What facts about a therapist are kept and checked together.
PARTS: Mapping[str, Promise] = {
    "licence": _("Licenses"),
    "contract": _("Contracts with networks"),
    "therapist": _("That they are here, and their name"),
    "service": _("Services"),
    "location": _("Places"),
    "trait": _("What they state of themselves"),
}
#: Who acts, in the audit trail.
ACTORS: Mapping[str, Promise] = {
    "client": _("Clients"),
    "therapist": _("Therapists"),
    "staff": _("Staff"),
    "visitor": _("Visitors"),
    "system": _("The system"),
}
