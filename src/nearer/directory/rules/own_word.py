"""What a therapist's own word is worth.

Of themselves and their work it counts at once. On licences and contracts they may speak, but somebody else answers:
their yes waits for a check, their no is believed, as nobody says it to their own advantage.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from datetime import date, timedelta

#: Who is named as the source of what a therapist says themselves.
THERAPIST = "therapist"
#: How long a therapist's own word holds before they are asked again.
GOOD_FOR = timedelta(days=90)
#: From so long before its end a fact is asked about.
ASKED_BEFORE = timedelta(days=21)


def renewed(expires_on: date, today: date) -> date:
    """Return until when a fact holds once its therapist said today that it is so; never sooner than before."""
    return max(expires_on, today + GOOD_FOR)


def is_due(expires_on: date, today: date) -> bool:
    """Say whether it is time to ask whether a fact is still true."""
    return expires_on - ASKED_BEFORE <= today


def key_text(key: Sequence[object]) -> str:
    """Return what names a fact, as one text; days as ISO 8601."""
    return json.dumps(list(key), default=str)
