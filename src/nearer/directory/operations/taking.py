"""Taking in what a source says, one batch in one transaction.

The same batch twice changes nothing. What is held is read, compared in plain Python (`rules.merging`)
and only the difference is written. A row that can't be taken in is put aside with its reason; it
never takes the rest of its batch with it, even where the database itself refuses it.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from django.db import DataError, IntegrityError, connection, transaction
from django.utils.translation import gettext as _

from nearer.directory import policies
from nearer.directory.operations.outcome import Outcome
from nearer.directory.operations.panels import NetworkIds, network_ids, put_panels
from nearer.directory.operations.runs import note
from nearer.directory.operations.therapists import put_therapists
from nearer.directory.records import Batch, Counts, Refused, TherapistRecord

#: The advisory lock of imports: one batch at a time, so two imports never wait for each other's therapists.
_IMPORTS = 0x6469_7265_6374


@transaction.atomic
def take_in(batch: Batch, *, run_id: int, now: datetime) -> Counts:  # noqa: ARG001 - part of the agreed call
    """Bring the directory to what a batch says, and add what became of it to the report of the run `run_id`."""
    with connection.cursor() as cursor:
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [_IMPORTS])
    outcome = Outcome(refused=list(batch.refused))
    outcome.include(put_panels(batch))
    networks = network_ids() if batch.therapists else {}
    outcome.include(_put(_sifted(batch.therapists, networks, outcome), networks))
    counts = outcome.counts(batch.read)
    note(run_id, counts, outcome.refused)
    return counts


def _sifted(records: Iterable[TherapistRecord], networks: NetworkIds, outcome: Outcome) -> list[TherapistRecord]:
    """Return the sound records, each therapist once; put the others aside."""
    sound: dict[str, TherapistRecord] = {}
    for record in records:
        try:
            policies.check_therapist(record, networks)
        except policies.RecordRefused as refusal:
            outcome.refused.append(_refused(record, str(refusal)))
            continue
        first = sound.setdefault(record.npi, record)
        if first is record:
            continue
        if replace(record, line=first.line) == first:
            outcome.unchanged += 1
        else:
            outcome.refused.append(_refused(record, _("This therapist is given twice with other facts.")))
    return list(sound.values())


def _put(records: Sequence[TherapistRecord], networks: NetworkIds) -> Outcome:
    """Write all records at once; if the database refuses, half and half, to find which of them it won't have."""
    try:
        with transaction.atomic():
            return put_therapists(records, networks)
    except (DataError, IntegrityError, UnicodeError) as error:
        if len(records) == 1:
            return Outcome(refused=[_refused(records[0], policies.storage_fault(error))])
    middle = len(records) // 2
    outcome = _put(records[:middle], networks)
    outcome.include(_put(records[middle:], networks))
    return outcome


def _refused(record: TherapistRecord, reason: str) -> Refused:
    return Refused(record.line, reason, f"{record.npi} {record.given_name} {record.family_name}", record.cells)
