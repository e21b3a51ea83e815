"""What is known, in words, and since when."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import date

from django.utils.formats import date_format
from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from nearer.directory.api import LocationCard, Profile, ServiceCard, vocabulary
from nearer.matching.api import AskWish


@dataclass(frozen=True, slots=True)
class Fact:
    """A sentence, and when what it rests on was last checked."""

    words: str
    checked: str


def service_title(service: str) -> str:
    return str(vocabulary.SERVICES[service])


def listed(items: Iterable[str | Promise], last: str = "") -> str:
    """Return the items as people list them: one, two and three. `last` stands before the last one."""
    return str(get_text_list([str(item) for item in items], last or _("and")))


def wished(kind: str, codes: tuple[str, ...]) -> str:
    """Return what is wished for, with the "and" and "or" by which matching counts a must."""
    known = vocabulary.TRAITS[kind]
    groups = ([known.get(code, code) for code in codes] for codes in AskWish(kind, codes).demands)
    return listed(listed(group, _("or")) for group in groups)


def checked(on: date | str) -> str:
    """Return when a fact was last checked, in words; nothing where the day is not known."""
    day = date.fromisoformat(on) if isinstance(on, str) and on else on
    return _("checked on %(day)s") % {"day": date_format(day, "DATE_FORMAT")} if isinstance(day, date) else ""


def source_words(source: str) -> str:
    """Return who says so; a source without words of its own stands for itself."""
    words = {
        "nppes": _("the national registry (NPPES)"),
        "plan-net": _("the insurer’s own list"),
        "qhp": _("the insurer’s own list"),
        "roster": _("the practice’s roster"),
        "synthetic": _("made-up demonstration data"),
        "therapist": _("the therapist"),
        "operator": _("the practice, which checked it"),
    }
    return words.get(source, source)


def price_words(cents: int | None) -> str:
    """Return a fee in US dollars."""
    if cents is None:
        return ""
    dollars = f"{cents // 100:,}" if cents % 100 == 0 else f"{cents / 100:,.2f}"
    return f"${dollars}"


def length_words(service: ServiceCard) -> str:
    minutes = service.intake_minutes
    return ngettext("%(minutes)d minute", "%(minutes)d minutes", minutes) % {"minutes": minutes}


def way_words(modality: str, places: Sequence[LocationCard], jurisdiction: str) -> str:
    """Return the way to meet; in person with the town, since a state is wide. The place is the one a hold takes."""
    way = str(vocabulary.MODALITIES[modality])
    near = next((place for place in places if place.jurisdiction == jurisdiction), None)
    if modality != "in_person" or near is None:
        return way
    return _("In person in %(town)s, %(state)s") % {"town": near.city, "state": near.jurisdiction}


def licences(profile: Profile) -> Iterator[Fact]:
    """Yield each licence, and when it was checked."""
    for licence in profile.licences:
        kind = vocabulary.LICENCES.get(licence.kind, licence.kind)
        state = vocabulary.JURISDICTIONS[licence.jurisdiction]
        yield Fact(_("%(kind)s, licensed in %(state)s") % {"kind": kind, "state": state}, checked(licence.verified_on))
