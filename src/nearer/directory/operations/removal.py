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
#: Whoever is back by hand is told of by any source that checks later than the last one did.
REINSTATED = "operator: reinstated"


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


@transaction.atomic
def reinstate(*, npi: str, actor: str) -> None:
    """Offer a therapist again whom the operator, or a source, took out. Twice is once.

    What an import says counts again from then on. Their facts are as old as they are: what expired meanwhile has to be
    checked first.

    :raises TherapistUnknown: nobody has this NPI.
    """
    therapist = Therapist.objects.select_for_update(no_key=True).filter(npi=npi).first()
    if therapist is None:
        raise TherapistUnknown(_("No therapist with this number is listed."))
    if therapist.removed_on is None:
        return
    therapist.removed_on, therapist.source, therapist.source_id = None, REINSTATED, actor
    therapist.save(update_fields=["removed_on", "source", "source_id"])
    record(actor=actor, action="therapist reinstated", subject=f"therapist:{therapist.pk}")
