"""What the worker does for the desks."""

from __future__ import annotations

from procrastinate.contrib.django import app

from nearer.foundation import clock
from nearer.portal.operations.calendars import tell_of_calendars
from nearer.portal.operations.imports.uploads import READ, read_upload
from nearer.portal.operations.shopping import SHOP, make_trip


@app.task(name=SHOP, lock=SHOP)
def shop(trip_id: int) -> None:
    """Make a trip of the secret shopper, and note what it finds."""
    make_trip(trip_id=trip_id, at=clock.now)


@app.task(name=READ, lock=READ)
def read_file(upload_id: int) -> None:
    """Read a file that an operator sent, one after the other."""
    read_upload(upload_id=upload_id, at=clock.now)


@app.periodic(cron="23 * * * *")
@app.task(name="portal.tell_of_calendars", queueing_lock="portal.tell_of_calendars")
def tell_of_failing_calendars(timestamp: int) -> int:
    """Write to the therapists whose calendars fail, every hour; each is told once."""
    del timestamp
    return tell_of_calendars(now=clock.now())
