"""Where sessions are kept: the database, each sealed, so that a dump shows nobody's address and no code."""

from __future__ import annotations

import json
from typing import Any

from django.contrib.sessions.backends.db import SessionStore as DatabaseStore

from nearer.foundation import sealing
from nearer.foundation.sealing import CannotUnseal

PURPOSE = "session"


class SessionStore(DatabaseStore):
    """Django's store, with what a session holds sealed. One that can't be opened is an empty one."""

    def encode(self, session_dict: dict[str, Any]) -> str:
        text = json.dumps(session_dict, separators=(",", ":"))
        return sealing.ring().seal(text.encode(), purpose=PURPOSE, context=PURPOSE)

    def decode(self, session_data: bytes | str) -> dict[str, Any]:
        text = session_data.decode() if isinstance(session_data, bytes) else session_data
        try:
            return dict(json.loads(sealing.ring().unseal(text, purpose=PURPOSE, context=PURPOSE)))
        except CannotUnseal:
            return {}
