"""A policy as a file says it: read strictly, and refused with a sentence where it contradicts itself."""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Mapping
from dataclasses import asdict, fields
from typing import Any, get_type_hints

from nearer.care.rules.policy import Booking, Cancelling, Couples, Lateness, Policy, Therapist, Waivers

SECTIONS: Mapping[str, type] = {
    "booking": Booking,
    "cancelling": Cancelling,
    "waivers": Waivers,
    "lateness": Lateness,
    "therapist": Therapist,
    "couples": Couples,
}
REASONS = ("illness", "emergency", "safety", "technical")
VERSION_LENGTH = 40

#: The least and the most of each number.
BOUNDS: Mapping[tuple[str, str], tuple[int, int]] = {
    ("booking", "lead_days"): (0, 14),
    ("booking", "buffer_before_minutes"): (0, 60),
    ("booking", "buffer_after_minutes"): (0, 60),
    ("cancelling", "free_until_hours"): (0, 168),
    ("cancelling", "grace_minutes"): (0, 1440),
    ("cancelling", "late_fee_cents"): (0, 50_000),
    ("cancelling", "missed_fee_cents"): (0, 50_000),
    ("lateness", "client_minutes"): (5, 45),
    ("lateness", "therapist_minutes"): (5, 45),
    ("therapist", "answer_hours"): (1, 168),
    ("therapist", "offer_others"): (0, 10),
    ("couples", "answer_hours"): (1, 168),
    ("couples", "alone_minutes"): (5, 20),
}


class PolicyWrong(Exception):
    """A policy file that can't be what it is; the message says why, to whoever wrote it."""


def from_text(text: str) -> Policy:
    """Return the policy that a TOML file says.

    :raises PolicyWrong: it is no TOML, says what we don't know, or contradicts itself.
    """
    try:
        data = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise PolicyWrong(f"The policy is no TOML file: {error}.") from None
    return from_data(data)


def from_data(data: Mapping[str, Any]) -> Policy:
    """Return the policy that this data says.

    :raises PolicyWrong: it says what we don't know, or contradicts itself.
    """
    for name in data.keys() - {"version", *SECTIONS}:
        raise PolicyWrong(f"The policy has a part “{name}”, which we don't know: remove it or correct its name.")
    version = data.get("version")
    if not isinstance(version, str) or not 0 < len(version.strip()) <= VERSION_LENGTH:
        raise PolicyWrong(f'Give the policy a version of 1 to {VERSION_LENGTH} letters, such as version = "2026-11".')
    parts = {name: _section(name, kind, data.get(name, {})) for name, kind in SECTIONS.items()}
    policy = Policy(version.strip(), **parts)
    for contradiction in contradictions(policy):
        raise PolicyWrong(f"The policy {policy.version} contradicts itself: {contradiction}")
    return policy


def as_data(policy: Policy) -> dict[str, Any]:
    """Return the policy as plain values, which `from_data` reads again."""
    data = asdict(policy)
    data["waivers"]["reasons"] = list(policy.waivers.reasons)
    return data


def contradictions(policy: Policy) -> Iterator[str]:
    """Yield a sentence for each two things a policy says that can't both be meant."""
    rules = policy.cancelling
    if rules.missed_fee_cents < rules.late_fee_cents:
        yield "not coming (missed_fee_cents) costs less than cancelling late (late_fee_cents), so nobody would cancel."
    if rules.late_fee_cents and not rules.free_until_hours:
        yield "late_fee_cents is charged, but with free_until_hours = 0 no cancellation is ever late."
    if rules.late_fee_cents and rules.free_until_hours > policy.booking.lead_days * 24 and not rules.grace_minutes:
        yield (
            "a time may be booked lead_days before it, which is later than free_until_hours, and with"
            " grace_minutes = 0 it could never be cancelled without the late fee."
        )
    if rules.free_until_hours == 0 and rules.grace_minutes:
        yield "grace_minutes helps whoever books within free_until_hours, and with free_until_hours = 0 nobody does."


def _section(name: str, kind: type, said: object) -> Any:
    if not isinstance(said, Mapping):
        raise PolicyWrong(f"“{name}” in the policy is a part of its own: write [{name}] and its lines below.")
    known = get_type_hints(kind)
    for key in said.keys() - known.keys():
        raise PolicyWrong(f"The policy says {name}.{key}, which we don't know: remove it or correct its name.")
    return kind(
        **{
            each.name: _READ[known[each.name]](name, each.name, said[each.name])
            for each in fields(kind)
            if each.name in said
        }
    )


def _whole(section: str, key: str, value: object) -> int:
    least, most = BOUNDS[section, key]
    if isinstance(value, bool) or not isinstance(value, int) or not least <= value <= most:
        raise PolicyWrong(f"{section}.{key} in the policy must be a whole number from {least} to {most}.")
    return value


def _flag(section: str, key: str, value: object) -> bool:
    if not isinstance(value, bool):
        raise PolicyWrong(f"{section}.{key} in the policy must be true or false.")
    return value


def _reasons(section: str, key: str, value: object) -> tuple[str, ...]:
    if not isinstance(value, list) or not set(map(str, value)) <= set(REASONS) or len(set(value)) != len(value):
        raise PolicyWrong(f"{section}.{key} in the policy must be a list, each once, of: {', '.join(REASONS)}.")
    return tuple(value)


_READ: Mapping[Any, Callable[[str, str, object], Any]] = {int: _whole, bool: _flag, tuple[str, ...]: _reasons}
