"""What may become of an appointment, and by whose act: one table, and the diagram drawn from it."""

from __future__ import annotations

from collections.abc import Mapping

HELD = "held"
CONFIRMED = "confirmed"
COMPLETED = "completed"
NO_SHOW = "no_show"
RELEASED = "released"
CANCELLED = "cancelled"

CLIENT = "client"
THERAPIST = "therapist"
OPERATOR = "operator"
SYSTEM = "system"

#: status -> the statuses it may become -> who may make it so.
TRANSITIONS: Mapping[str, Mapping[str, frozenset[str]]] = {
    HELD: {
        CONFIRMED: frozenset({CLIENT}),
        RELEASED: frozenset({CLIENT, OPERATOR, SYSTEM}),
    },
    CONFIRMED: {
        COMPLETED: frozenset({THERAPIST, OPERATOR}),
        NO_SHOW: frozenset({THERAPIST, OPERATOR}),
        CANCELLED: frozenset({CLIENT, THERAPIST, OPERATOR}),
    },
    COMPLETED: {},
    NO_SHOW: {},
    RELEASED: {},
    CANCELLED: {},
}

#: The statuses in which an appointment occupies its time.
LIVE = frozenset({HELD, CONFIRMED})

#: The statuses in which an intake counts as a new client of its week.
BEGUN = frozenset({HELD, CONFIRMED, COMPLETED, NO_SHOW})


def may_become(status: str, to: str, *, by: str | None = None) -> bool:
    """Say whether an appointment may go from one status to another, by this person where one is named."""
    who = TRANSITIONS[status].get(to)
    return who is not None and (by is None or by in who)


def diagram() -> str:
    """Return the table as a Mermaid state diagram in a Markdown page."""
    lines = [
        "# What may become of an appointment",
        "",
        "Drawn from the table in `scheduling/rules/states.py`: each arrow with those who may take it.",
        "",
    ]
    lines += ["```mermaid", "stateDiagram-v2", f"    [*] --> {HELD}: client", f"    [*] --> {CONFIRMED}: client"]
    for status, nexts in TRANSITIONS.items():
        lines += [f"    {status} --> {to}: {', '.join(sorted(who))}" for to, who in nexts.items()]
        lines += [f"    {status} --> [*]"] if not nexts else []
    return "\n".join([*lines, "```", ""])


if __name__ == "__main__":
    import sys

    sys.stdout.write(diagram())
