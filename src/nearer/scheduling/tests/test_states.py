"""The table of states, and the diagram that is drawn from it."""

from __future__ import annotations

from pathlib import Path

import pytest

from nearer.scheduling.models import Appointment
from nearer.scheduling.rules import states

DIAGRAM = Path(__file__).resolve().parents[4] / "docs/appointment-states.md"


def test_the_table_and_the_database_know_the_same_states() -> None:
    assert set(states.TRANSITIONS) == set(Appointment.Status.values)
    assert {to for nexts in states.TRANSITIONS.values() for to in nexts} <= set(Appointment.Status.values)


def test_only_what_is_over_has_no_way_on() -> None:
    over = {status for status, nexts in states.TRANSITIONS.items() if not nexts}
    assert over == set(states.TRANSITIONS) - states.LIVE


@pytest.mark.parametrize("status", sorted(states.TRANSITIONS))
def test_nothing_becomes_a_hold_again(status: str) -> None:
    assert not states.may_become(status, states.HELD)


def test_a_step_is_open_to_some_and_not_to_others() -> None:
    assert states.may_become(states.CONFIRMED, states.CANCELLED, by=states.CLIENT)
    assert not states.may_become(states.CONFIRMED, states.COMPLETED, by=states.CLIENT)


def test_the_diagram_in_the_docs_is_the_table() -> None:
    """Where this fails: python -m nearer.scheduling.rules.states > docs/appointment-states.md"""
    assert DIAGRAM.read_text() == states.diagram()
