"""What may not have fitted, in words that blame nobody."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from nearer.care.pages.times import when_words
from nearer.care.queries.rematch import Upcoming
from nearer.care.queries.terms import consequence_words
from nearer.care.rules import rematch as rules
from nearer.directory.api import vocabulary

GENERAL: Mapping[str, Promise] = {
    rules.KNOWS: gettext_lazy("They did not know enough about what I need help with"),
    rules.HEARD: gettext_lazy("I did not feel heard or at ease"),
    rules.WAY: gettext_lazy("The way we met (by video, or in person)"),
    rules.TIMES: gettext_lazy("The times"),
    rules.PRACTICAL: gettext_lazy("Something practical, such as the cost or the way there"),
    rules.OTHER: gettext_lazy("Something else, or I can’t say"),
}


def reasons(traits: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    """Return what can be ticked: this therapist's own ways first, then what is not a trait."""
    own = [
        (rules.reason(kind, code), _("Their way: %(what)s") % {"what": vocabulary.TRAITS[kind][code]})
        for kind, code in traits
    ]
    return own + [(code, str(words)) for code, words in GENERAL.items()]


def times(found: Sequence[Upcoming], zone: str) -> list[tuple[str, str]]:
    """Return the times to come, each with what follows if it is cancelled now."""
    return [
        (str(each.booking_id), f"{when_words(each.session, zone)}. {consequence_words(each.consequence)}")
        for each in found
    ]
