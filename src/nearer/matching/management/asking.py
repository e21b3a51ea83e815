"""Words on a command line become an ask; a word that is not known is answered with the nearest that is."""

from __future__ import annotations

from argparse import Namespace
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime
from difflib import get_close_matches
from types import MappingProxyType
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

from django.core.management.base import CommandError

from nearer.directory.api import PlanUnknown, find_plan, therapist_ids, vocabulary
from nearer.matching.api import MUST, NICE, TIMES, Ask, AskWish

WRONG_INPUT = 2

#: How the parts of a week may be called on a command line.
WHEN: Mapping[str, str] = MappingProxyType(
    {
        "mornings": "weekday_morning",
        "afternoons": "weekday_afternoon",
        "evenings": "weekday_evening",
        "weekends": "weekend",
        **{code: code for code in TIMES},
    }
)


class Unclear(CommandError):
    """The command line says something that has no meaning here; says so in one sentence."""

    def __init__(self, message: str) -> None:
        super().__init__(message, returncode=WRONG_INPUT)


def ask_of(options: Namespace, *, now: datetime) -> Ask:
    """Return what the command line asks.

    :raises Unclear: a state, plan, code, zone or NPI is not known.
    """
    state = meant("state", options.state, vocabulary.JURISDICTIONS)
    partner = options.partner_state and meant("state", options.partner_state, vocabulary.JURISDICTIONS)
    zone = _zone(options.zone or vocabulary.TIME_ZONES[state])
    return Ask(
        jurisdiction=state,
        partner_jurisdiction=partner or None,
        service=meant("service", options.service, vocabulary.SERVICES),
        plan_id=_plan(options, state, now.astimezone(UTC).date()),
        age_bands=tuple(meant("age", age, vocabulary.AGES) for age in options.age or ["adult"]),
        modality=options.modality and meant("modality", options.modality, vocabulary.MODALITIES),
        wishes=tuple(_wishes(options)),
        times=frozenset(WHEN[meant("time of the week", each, {word: word for word in WHEN})] for each in options.when),
        zone=zone.key,
        seed=options.seed,
        excluded=_excluded(options.without),
    )


def meant(what: str, text: str, words: Mapping[str, object]) -> str:
    """Return the code that a text names, by itself or by its label, forgiving case and hyphens.

    :raises Unclear: it names none; the sentence gives the nearest.
    """
    by_name = {_folded(str(label)): code for code, label in words.items()} | {_folded(code): code for code in words}
    if _folded(text) in by_name:
        return by_name[_folded(text)]
    near = dict.fromkeys(by_name[name] for name in get_close_matches(_folded(text), by_name, n=3, cutoff=0.4))
    hint = f"did you mean {' or '.join(near)}?" if near else f"it is one of {', '.join(words)}."
    raise Unclear(f"No {what} is called “{text}”; {hint}")


def _folded(text: str) -> str:
    return " ".join(text.replace("-", " ").replace("_", " ").split()).casefold()


def _zone(name: str) -> ZoneInfo:
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError) as error:
        raise Unclear(f"No time zone is called “{name}”; a name looks like America/New_York.") from error


def _plan(options: Namespace, state: str, today: date) -> int | None:
    if options.self_pay:
        return None
    try:
        return find_plan(options.plan, state, today).id
    except PlanUnknown as error:
        raise Unclear(str(error)) from error


def _wishes(options: Namespace) -> Iterable[AskWish]:
    yield from (AskWish("concern", (meant("concern", text, vocabulary.CONCERNS),)) for text in options.concern)
    for strength, texts in ((MUST, options.must), (NICE, options.nice)):
        for text in texts:
            kind, _, codes = text.partition("=")
            if not codes:
                raise Unclear(f"A wish is written as kind=code, such as language=es; “{text}” is not.")
            kind = meant("kind of wish", kind, {kind: kind for kind in vocabulary.TRAITS})
            chosen = tuple(meant(kind, code, vocabulary.TRAITS[kind]) for code in codes.split(","))
            yield AskWish(kind, chosen, strength)


def _excluded(npis: Iterable[str]) -> frozenset[int]:
    wanted = list(npis)
    known = therapist_ids(wanted)
    for npi in wanted:
        if npi not in known:
            raise Unclear(f"No therapist has the NPI {npi}.")
    return frozenset(known.values())
