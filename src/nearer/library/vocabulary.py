"""The library's closed lists, by the codes that articles use."""

from __future__ import annotations

from collections.abc import Mapping

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

TOPICS: Mapping[str, Promise] = {
    "closeness": _("Closeness"),
    "roots": _("Where it comes from"),
    "signs": _("Signs"),
    "safety": _("Safety"),
    "therapy": _("Therapy"),
    "skills": _("Skills"),
    "feelings": _("Feelings"),
    "journal": _("Journaling"),
    "mindfulness": _("Mindfulness"),
    "support": _("Supporting someone"),
    "practical": _("Practical matters"),
}

SERIES: Mapping[str, Promise] = {
    "start-here": _("Start here"),
    "skills": _("Skills to practice"),
    "support": _("For someone you love"),
    "therapy": _("About therapy"),
}

NEXT_STEPS: Mapping[str, Promise] = {
    "check-in": _("The check-in"),
    "skill": _("A skill to practice"),
    "support": _("Support for someone you love"),
    "find-therapist": _("Find a therapist"),
}

#: What asks for a second reviewer.
TOUCHES: Mapping[str, Promise] = {
    "violence": _("Violence"),
    "suicide": _("Suicide"),
    "sex": _("Sex"),
    "trauma": _("Trauma"),
    "minors": _("Minors"),
}

CALLOUTS: Mapping[str, Promise] = {
    "safety": _("Safety"),
    "try-this": _("Try this"),
    "ask-a-therapist": _("Ask a therapist"),
}

STRENGTHS: Mapping[str, Promise] = {
    "strong": _("Strong evidence"),
    "moderate": _("Moderate evidence"),
    "limited": _("Limited evidence"),
    "consensus": _("What experts agree on"),
}

SOURCE_KINDS: Mapping[str, Promise] = {
    "meta-analysis": _("Summary of many studies"),
    "trial": _("Trial"),
    "cohort": _("Observational study"),
    "survey": _("Survey"),
    "guideline": _("Guideline"),
    "law": _("Law"),
    "official": _("Official information"),
    "book": _("Book"),
    "review": _("Review"),
    "measure": _("Questionnaire"),
}

#: Who signs, and as what.
SIGNING_PARTS: Mapping[str, Promise] = {"clinical": _("Clinical reviewer"), "second": _("Second reviewer")}

#: The languages of the library, each with a shelf of its own.
LANGUAGES = ("en", "es")
