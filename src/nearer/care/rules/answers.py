"""What a visitor answered, and how it travels: as a few short keys in a sealed token, with nothing left out or added.

Only what differs from the usual is in the payload, so that the address stays short.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import date, timedelta
from typing import Any

ME, US, BOTH, UNSURE = "me", "us", "both", "unsure"
SERVICES_FOR: Mapping[str, tuple[str, ...]] = {
    ME: ("individual",),
    US: ("couples",),
    BOTH: ("couples", "individual"),
    UNSURE: ("individual", "couples"),
}
MUST, NICE = "must", "nice"
#: The kinds of wish, by the letter that stands for each in a payload.
WISHES: Mapping[str, str] = {"c": "concern", "a": "approach", "s": "style", "l": "language", "i": "identity"}
#: The ways to meet that a couple in two states can be led to, by the kind of step that leads there.
WAYS: Mapping[str, str] = {"video": "telehealth", "in_person": "in_person"}
GOOD_FOR = timedelta(hours=24)
VERSION = 1


class AnswersUnreadable(Exception):
    """A payload that this version does not understand."""


@dataclass(frozen=True, slots=True)
class Wish:
    """Any of `codes` is wished for; `strength` is must or nice."""

    kind: str
    codes: tuple[str, ...]
    strength: str = NICE


@dataclass(frozen=True, slots=True, kw_only=True)
class Answers:
    """All that a visitor has answered so far.

    `plan_id` None means paying themselves; `unlisted` that they have a plan we don't know. `complete` says
    whether the payment was asked yet. `partner_jurisdiction` and `partner_age` are None where nobody else
    attends. `excluded` are therapists not to be shown again, `apart` days (in `zone`) on which nothing is to fall.
    Whoever has a code of `avoid` is left out. `follows` is the booking that this search comes after: what its client
    gave there is theirs here.
    """

    who: str
    jurisdiction: str
    zone: str
    seed: int
    complete: bool = False
    plan_id: int | None = None
    unlisted: bool = False
    age: str = "adult"
    partner_jurisdiction: str | None = None
    partner_age: str | None = None
    modality: str | None = None
    wishes: tuple[Wish, ...] = ()
    times: tuple[str, ...] = ()
    excluded: tuple[int, ...] = ()
    apart: tuple[date, ...] = ()
    avoid: tuple[Wish, ...] = ()
    follows: int | None = None

    @property
    def services(self) -> tuple[str, ...]:
        return SERVICES_FOR[self.who]

    def wish(self, kind: str) -> Wish | None:
        """Return the wish of one kind, if there is one."""
        return next((wish for wish in self.wishes if wish.kind == kind), None)

    def jurisdictions(self, service: str) -> tuple[str, ...]:
        """Return where each who attends will be, the one who asks first."""
        there = self.partner_jurisdiction if service == "couples" else None
        return (self.jurisdiction,) if there is None else (self.jurisdiction, there)

    def ages(self, service: str) -> tuple[str, ...]:
        """Return the age bands of those who attend, each once."""
        theirs = self.partner_age if service == "couples" else None
        return (self.age,) if theirs in (None, self.age) else (self.age, str(theirs))


def payload(answers: Answers) -> dict[str, Any]:
    """Return the answers as short keys, without what is as usual."""
    letters = {kind: letter for letter, kind in WISHES.items()}
    full = {
        "v": VERSION,
        "w": answers.who,
        "j": answers.jurisdiction,
        "z": answers.zone,
        "n": answers.seed,
        "d": int(answers.complete),
        "p": answers.plan_id,
        "u": int(answers.unlisted),
        "b": "" if answers.age == "adult" else answers.age,
        "k": answers.partner_jurisdiction,
        "q": answers.partner_age,
        "m": answers.modality,
        "t": list(answers.times),
        "x": list(answers.excluded),
        "o": [day.isoformat() for day in answers.apart],
        "f": answers.follows,
        "e": {letters[wish.kind]: list(wish.codes) for wish in answers.avoid},
        "h": {letters[wish.kind]: [wish.strength == MUST, *wish.codes] for wish in answers.wishes},
    }
    return {key: value for key, value in full.items() if value or key == "n"}


def from_payload(data: Mapping[str, Any]) -> Answers:
    """Return the answers that a payload stands for.

    :raises AnswersUnreadable: it was written by another version.
    """
    if data.get("v") != VERSION or data.get("w") not in SERVICES_FOR:
        raise AnswersUnreadable("these answers were written by another version")
    wished, out = data.get("h", {}), data.get("e", {})
    return Answers(
        who=data["w"],
        jurisdiction=data["j"],
        zone=data["z"],
        seed=data["n"],
        complete=bool(data.get("d")),
        plan_id=data.get("p"),
        unlisted=bool(data.get("u")),
        age=data.get("b", "adult"),
        partner_jurisdiction=data.get("k"),
        partner_age=data.get("q"),
        modality=data.get("m"),
        wishes=tuple(_wish(WISHES[letter], *wished[letter]) for letter in WISHES if letter in wished),
        times=tuple(data.get("t", ())),
        excluded=tuple(data.get("x", ())),
        apart=tuple(date.fromisoformat(day) for day in data.get("o", ())),
        avoid=tuple(Wish(WISHES[letter], tuple(out[letter])) for letter in WISHES if letter in out),
        follows=data.get("f"),
    )


def _wish(kind: str, is_must: bool, *codes: str) -> Wish:  # noqa: FBT001 - as it stands in the payload
    return Wish(kind, codes, MUST if is_must else NICE)


def relaxed(answers: Answers, kind: str) -> Answers:
    """Return the answers with one thing let go: a must becomes a wish, a way or time any, a plan is not used."""
    if kind == "times":
        return replace(answers, times=())
    if kind == "modality":
        return replace(answers, modality=None)
    if kind in WAYS:
        return replace(answers, modality=WAYS[kind])
    if kind == "network":
        return replace(answers, plan_id=None)
    wishes = (replace(wish, strength=NICE) if wish.kind == kind else wish for wish in answers.wishes)
    return replace(answers, wishes=tuple(wishes))


def all_nice(answers: Answers, modality: str | None) -> Answers:
    """Return the answers with every must made a wish, at any time of the week, in one way or (None) in either."""
    wishes = tuple(replace(wish, strength=NICE) for wish in answers.wishes)
    return replace(answers, wishes=wishes, times=(), modality=modality)


def other_half(answers: Answers, service: str, therapist_id: int, day: date) -> Answers | None:
    """Return the search for what is still missing after one of both was booked; None where nothing is.

    It leaves out who was booked, since nobody sees a couple and one of them alone; and the day (in `zone`) of that
    session, since no plan pays for both kinds on one day of one client.
    """
    if answers.who != BOTH:
        return None
    excluded = (*answers.excluded, therapist_id)
    answers = replace(answers, apart=(*answers.apart, day))
    if service == "couples":  # where a partner is, and how old, is no part of a search for oneself
        return replace(answers, who=ME, excluded=excluded, partner_jurisdiction=None, partner_age=None)
    return replace(answers, who=US, excluded=excluded)
