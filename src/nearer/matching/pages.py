"""An answer as text: JSON for programs, tables for a terminal."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, date, datetime
from io import StringIO
from typing import Any
from zoneinfo import ZoneInfo

from django.utils.formats import date_format
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from rich.console import Console
from rich.table import Table

from nearer.matching.api import Ask, EverythingNice, Match, Matches, Reason, Relaxation, Unmet

WIDTH = 120
TIMES_TOLD = 4


def as_json(ask: Ask, matches: Matches) -> dict[str, Any]:
    """Return the answer as JSON can hold it; the room's README lists the names. Times are UTC, days ISO 8601."""
    plan = matches.plan
    return {
        "seed": matches.seed,
        "as_of": _instant(matches.as_of),
        "state": ask.jurisdiction,
        "service": ask.service,
        "zone": ask.zone,
        "plan": plan and {"name": plan.name, "payer": plan.payer, "verified_on": plan.verified_on.isoformat()},
        "total": matches.total,
        "within_48h": matches.within_48h,
        "matches": [_match(match) for match in matches.matches],
        "others": [_match(match) for match in matches.others],
        "relaxations": [_relaxation(step) for step in matches.relaxations],
        "everything_nice": matches.everything_nice and asdict(matches.everything_nice),
    }


def as_tables(ask: Ask, matches: Matches) -> str:
    """Return the answer as a table of therapists, then what letting go of a must would bring."""
    out = StringIO()
    console = Console(file=out, width=WIDTH, highlight=False, markup=False)
    if matches.matches:
        console.print(_therapists(ask, matches))
    console.print("\n".join(_closing(matches)))
    return out.getvalue()


def _match(match: Match) -> dict[str, Any]:
    profile = match.profile
    return {
        "npi": profile.npi,
        "name": profile.name,
        "credentials": profile.credentials,
        "modality": match.modality,
        "modalities": list(match.modalities),
        "openings": [_instant(opening.start) for opening in match.openings],
        "minutes": match.service.intake_minutes,
        "reasons": [_reason(reason) for reason in match.reasons],
        "unmet": [_said(unmet) for unmet in match.unmet],
    }


def _said(of: Reason | Unmet | Relaxation) -> dict[str, Any]:
    return {"kind": of.kind, "codes": list(of.codes), "words": str(of.words)}


def _reason(reason: Reason) -> dict[str, Any]:
    return {**_said(reason), "verified_on": reason.verified_on and reason.verified_on.isoformat()}


def _relaxation(step: Relaxation) -> dict[str, Any]:
    return {**_said(step), "gains": step.gains, "people_tomorrow": step.people_tomorrow}


def _instant(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")


def _therapists(ask: Ask, matches: Matches) -> Table:
    table = Table(show_lines=True, expand=True)
    for heading, ratio in ((_("Therapist"), 3), (_("Why"), 6), (_("Not met"), 3), (_("Next times"), 3)):
        table.add_column(heading, ratio=ratio, overflow="fold")
    for match in matches.matches:
        profile = match.profile
        why = "\n".join(f"{reason.words}{_checked(reason.verified_on)}" for reason in match.reasons)
        name = f"{profile.name}, {profile.credentials}".rstrip(", ")
        unmet = "\n".join(str(each.words) for each in match.unmet)
        table.add_row(f"{name}\nNPI {profile.npi}", why, unmet, "\n".join(_times(match, ZoneInfo(ask.zone))))
    return table


def _checked(on: date | None) -> str:
    return "" if on is None else _(" (checked %(day)s)") % {"day": date_format(on, "DATE_FORMAT")}


def _times(match: Match, zone: ZoneInfo) -> Iterator[str]:
    """Yield the first times in the client's zone, and how many more there are."""
    for opening in match.openings[:TIMES_TOLD]:
        yield date_format(opening.start.astimezone(zone), "D j M, H:i")
    left = len(match.openings) - TIMES_TOLD
    if left > 0:
        yield ngettext("and %(left)d more", "and %(left)d more", left) % {"left": left}


def _closing(matches: Matches) -> Iterator[str]:
    yield ngettext("%(total)d therapist fits.", "%(total)d therapists fit.", matches.total) % {"total": matches.total}
    yield from (_step(step) for step in matches.relaxations)
    if matches.everything_nice is not None:
        yield _everything(matches.everything_nice)
    if matches.matches and not matches.within_48h:
        yield _("Nobody who fits has a time within two days.")
    yield _("Replay this answer with --seed %(seed)d --at %(at)s") % {
        "seed": matches.seed,
        "at": matches.as_of.isoformat(),
    }


def _step(step: Relaxation) -> str:
    gains = ngettext("%(gains)d therapist more", "%(gains)d therapists more", step.gains) % {"gains": step.gains}
    return f"{step.words}: {gains}, {_free_tomorrow(step.people_tomorrow)}."


def _everything(found: EverythingNice) -> str:
    words = (
        _("Both of you in person, with every must a wish, at any time")
        if found.modality
        else _("With every must a wish, at any time, in any way")
    )
    fits = ngettext("%(total)d therapist fits", "%(total)d therapists fit", found.therapists)
    return f"{words}: {fits % {'total': found.therapists}}, {_free_tomorrow(found.people_tomorrow)}."


def _free_tomorrow(people: int) -> str:
    return ngettext("%(count)d of them free tomorrow", "%(count)d of them free tomorrow", people) % {"count": people}
