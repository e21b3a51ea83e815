"""What a therapist of two reads of each of them: when they are seen alone, and what they said alone."""

from __future__ import annotations

from django.utils.translation import gettext as _

from nearer.portal.pages.desk.times import time_words
from nearer.portal.queries.desk.sessions import Session


def said_words(session: Session, booking_id: int) -> str:
    """Return what one of two said alone and lets their therapist read; nothing where they don't, or said nothing."""
    words = {"no": _("No"), "yes": _("Yes"), "unsure": _("Not sure"), "not said": _("Would rather not say")}
    return words.get(session.alone.get(booking_id, ""), "")


def part_words(session: Session, booking_id: int) -> str:
    """Return which part of a first session is for one of two alone; nothing where one person comes."""
    part = session.parts.get(booking_id)
    if part is None:
        return ""
    ends = {"start": time_words(part.start, session.zone), "end": time_words(part.end, session.zone)}
    return _("%(start)s to %(end)s") % ends
