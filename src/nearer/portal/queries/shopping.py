"""What secret shoppers found."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from nearer.portal.models import ShoppingTrip


@dataclass(frozen=True, slots=True)
class TripCard:
    """One trip in counts."""

    id: int
    seed: int
    wanted: int
    requests: int
    answered: int
    shown: int
    ghosts: int
    began_at: datetime
    finished_at: datetime | None

    @property
    def share(self) -> int:
        """Return how far it is, of 100."""
        return 100 * self.requests // self.wanted if self.wanted else 100


_FIELDS = ("id", "seed", "wanted", "requests", "answered", "shown", "ghosts", "began_at", "finished_at")


def trips(most: int = 30) -> tuple[TripCard, ...]:
    """Return the latest trips, newest first."""
    return tuple(TripCard(*row) for row in ShoppingTrip.objects.order_by("-id").values_list(*_FIELDS)[:most])


def last_trip() -> TripCard | None:
    """Return the latest trip that is over."""
    rows = ShoppingTrip.objects.filter(finished_at__isnull=False).order_by("-id").values_list(*_FIELDS)
    row = rows.first()
    return TripCard(*row) if row else None
