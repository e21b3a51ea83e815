"""An appointment as other rooms see it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nearer.foundation.timerange import TimeRange


@dataclass(frozen=True, slots=True)
class AppointmentCard:
    """One appointment at one moment. `session` is without buffers; all times are UTC."""

    id: int
    therapist_id: int
    service: str
    modality: str
    location_id: int | None
    session: TimeRange
    status: str
    is_intake: bool
    hold_expires_at: datetime | None
    sequence: int
    confirmed_at: datetime | None
    ended_at: datetime | None
    cancelled_by: str
