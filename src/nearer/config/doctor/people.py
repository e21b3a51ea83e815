"""Who may sign in."""

from __future__ import annotations

from django.conf import settings

from nearer.accounts import api as accounts
from nearer.config import demo
from nearer.config.doctor.findings import Finding, count, problem, warning, well


def staff() -> Finding:
    """Say whether somebody can let others in, and whether everybody proves themselves twice."""
    people = accounts.people()
    if not settings.NEARER_DEMO and {demo.OPERATOR, demo.THERAPIST} & {person.email for person in people}:
        sentence = "The people of a demonstration may sign in here, and this is none."
        return problem("people", sentence, "End their roles at /operator/people/, or use another database.")
    operators = [person for person in people if "operator" in person.kinds]
    if not operators:
        sentence = "Nobody may sign in as operator, and so nobody lets anybody in."
        return warning("people", sentence, "Make the first one: nearer invite EMAIL --role operator.")
    without = sum(not person.has_factor for person in people)
    if without:
        sentence = f"{count(without, 'person', 'people')} may sign in and have set up no second step yet."
        return warning("people", sentence, "Remind them: until then, their mailbox alone lets them in.")
    return well("people", f"{count(len(people), 'person', 'people')} may sign in, each with a second step.")
