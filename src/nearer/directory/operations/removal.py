"""Taking someone out of the directory."""

from __future__ import annotations

from datetime import date

from django.db import transaction
from django.utils.translation import gettext as _

from nearer.audit.api import record
from nearer.directory.models import Therapist
from nearer.directory.queries import TherapistUnknown

#: Who is named as the source of a removal made by hand: no import undoes it.
OPERATOR = "operator"


@transaction.atomic
def remove(*, npi: str, on: date, actor: str) -> None:
    """Stop offering a therapist from a day on. Their appointments and facts stay; imports do not bring them back.

    :raises TherapistUnknown: nobody has this NPI.
    """
    therapist = Therapist.objects.select_for_update(no_key=True).filter(npi=npi).first()
    if therapist is None:
        raise TherapistUnknown(_("No therapist with this number is listed."))
    therapist.removed_on, therapist.source, therapist.source_id = on, OPERATOR, actor
    therapist.save(update_fields=["removed_on", "source", "source_id"])
    record(actor=actor, action="therapist removed", subject=f"therapist:{therapist.pk}")
