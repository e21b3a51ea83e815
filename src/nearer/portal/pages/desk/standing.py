"""What keeps a therapist out, in their own words, each with the place where it can be mended."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.text import get_text_list
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nearer.directory.api import vocabulary
from nearer.matching.api import FIRST, TIMES, Obstacle, Removals, Standing

#: kind -> what stands in the way; "%(what)s" is what it is about.
_ONE: Mapping[str, Promise] = {
    "removed": gettext_lazy("You are no longer listed here."),
    "unchecked": gettext_lazy("Nobody has said lately that your details are still true."),
    "not_accepting": gettext_lazy("Your profile says that you take no new clients."),
    "no_service": gettext_lazy("You do not offer this: %(what)s."),
    "no_couples_training": gettext_lazy("Your profile names no training in couples therapy."),
    "not_in_this_way": gettext_lazy("You do not offer this service this way: %(what)s."),
    "not_this_age": gettext_lazy("You do not see people of this age: %(what)s."),
    "no_licence": gettext_lazy("No license of yours stands in %(what)s."),
    "no_location": gettext_lazy("You have no office in %(what)s."),
    "no_contract": gettext_lazy("No contract of yours stands with this plan in %(what)s."),
    "language": gettext_lazy("You do not list a language they need: %(what)s."),
    "concern": gettext_lazy("You do not list what they need help with: %(what)s."),
    "approach": gettext_lazy("You do not list a way of working they insist on: %(what)s."),
    "style": gettext_lazy("You do not say that you are: %(what)s."),
    "identity": gettext_lazy("You do not say this of yourself: %(what)s."),
    "times": gettext_lazy("You have no free time on %(what)s in the next two weeks."),
    "openings": gettext_lazy("You have no free time at all in the next two weeks."),
}
_MANY: Mapping[str, Promise] = {
    "taking": gettext_lazy("You were not listed: taking nobody, or your details too old"),
    "openings": gettext_lazy("You had no free time at all"),
    "licence": gettext_lazy("No license for the way they could meet"),
    "payment": gettext_lazy("No contract with their plan"),
    "ages": gettext_lazy("You do not see people of their age"),
    "modality": gettext_lazy("They wanted to meet another way"),
    "times": gettext_lazy("No free time when they could"),
    "language": gettext_lazy("A language you do not list"),
    "concern": gettext_lazy("A concern you do not list"),
    "approach": gettext_lazy("A way of working you do not list"),
    "style": gettext_lazy("They wanted another style"),
    "identity": gettext_lazy("They looked for someone else than you say you are"),
}
#: kind -> the page where it can be mended, and what its link says.
_MEND: Mapping[str, tuple[str, Promise]] = {
    "unchecked": ("portal:desk_licences", gettext_lazy("Say what is still true")),
    "not_accepting": ("portal:desk_profile", gettext_lazy("Change your profile")),
    "taking": ("portal:desk_licences", gettext_lazy("Look at what holds")),
    "no_service": ("portal:desk_services", gettext_lazy("Change your services")),
    "not_in_this_way": ("portal:desk_services", gettext_lazy("Change your services")),
    "not_this_age": ("portal:desk_services", gettext_lazy("Change your services")),
    "ages": ("portal:desk_services", gettext_lazy("Change your services")),
    "modality": ("portal:desk_services", gettext_lazy("Change your services")),
    "no_location": ("portal:desk_services", gettext_lazy("Add a place")),
    "no_licence": ("portal:desk_licences", gettext_lazy("Look at your licenses")),
    "licence": ("portal:desk_licences", gettext_lazy("Look at your licenses")),
    "no_contract": ("portal:desk_licences", gettext_lazy("Look at your contracts")),
    "payment": ("portal:desk_licences", gettext_lazy("Look at your contracts")),
    "times": ("portal:desk_hours", gettext_lazy("Change your hours")),
    "openings": ("portal:desk_hours", gettext_lazy("Look at hours, pause and limits")),
    **dict.fromkeys(
        ("language", "concern", "approach", "style", "no_couples_training"),
        ("portal:desk_profile", gettext_lazy("Change your profile")),
    ),
}
_LABELS: Mapping[str, Mapping[str, object]] = {
    **vocabulary.TRAITS,
    "no_service": vocabulary.SERVICES,
    "not_in_this_way": vocabulary.MODALITIES,
    "not_this_age": vocabulary.AGES,
    "times": TIMES,
}


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing in the way, and where to mend it; no address where nothing need be."""

    words: str
    address: str
    mend: str
    count: str = ""
    share: int = 0


@dataclass(frozen=True, slots=True)
class Verdict:
    """How a therapist fares with one request."""

    title: str
    words: str
    reasons: tuple[Reason, ...]


@dataclass(frozen=True, slots=True)
class Counts:
    """Thirty days of made-up requests."""

    words: str
    reasons: tuple[Reason, ...]


def verdict(standing: Standing) -> Verdict:
    """Return what to say of one request."""
    if standing.obstacles:
        title = ngettext(
            "One thing keeps you out of this answer",
            "%(count)d things keep you out of this answer",
            len(standing.obstacles),
        ) % {"count": len(standing.obstacles)}
        return Verdict(title, "", tuple(_reason(each) for each in standing.obstacles))
    times = ngettext("%(count)d free time", "%(count)d free times", standing.openings) % {"count": standing.openings}
    if standing.shown == FIRST:
        words = _("You are among the first few they see, with %(times)s in the next two weeks.")
    else:
        words = _("You are behind “see all”, with %(times)s: others fit this request better, or are free sooner.")
    return Verdict(_("You are shown"), words % {"times": times}, ())


def counts(removals: Removals) -> Counts:
    """Return what to say of thirty days."""
    if not removals.asked:
        return Counts("", ())
    words = ngettext(
        "On %(days)d day we asked %(asked)s made-up requests in the states where you are licensed. "
        "You could be shown in %(fitted)s of them.",
        "Over %(days)d days we asked %(asked)s made-up requests in the states where you are licensed. "
        "You could be shown in %(fitted)s of them.",
        removals.days,
    ) % {"days": removals.days, "asked": f"{removals.asked:,}", "fitted": f"{removals.fitted:,}"}
    return Counts(words, tuple(_counted(*each, asked=removals.asked) for each in removals.kinds))


def _reason(obstacle: Obstacle) -> Reason:
    known = _LABELS.get(obstacle.kind, vocabulary.JURISDICTIONS)
    what = get_text_list([str(known.get(code, code)) for code in obstacle.codes], _("and"))
    address, mend = _MEND.get(obstacle.kind, ("", ""))
    return Reason(str(_ONE[obstacle.kind]) % {"what": what}, address, str(mend))


def _counted(kind: str, every: int, alone: int, *, asked: int) -> Reason:
    address, mend = _MEND.get(kind, ("", ""))
    count = _("in the way %(every)s times, alone %(alone)s times") % {"every": f"{every:,}", "alone": f"{alone:,}"}
    return Reason(str(_MANY[kind]), address, str(mend), count, round(100 * every / asked))
