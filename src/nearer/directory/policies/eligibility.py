"""Why someone may not be seen by someone, in sentences that a person reads."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nearer.directory import vocabulary
from nearer.directory.records import Grounds
from nearer.directory.rules import Hindrance

_SENTENCES: dict[str, Promise] = {
    "removed": _("This therapist is no longer listed."),
    "unchecked": _("This therapist’s details haven’t been checked lately, so no time can be offered."),
    "not_accepting": _("This therapist isn’t taking new clients right now."),
    "no_service": _("This therapist doesn’t offer this: %(about)s."),
    "no_couples_training": _("This therapist hasn’t told us about training in couples therapy."),
    "not_in_this_way": _("This therapist doesn’t offer this service this way: %(about)s."),
    "not_this_age": _("This therapist doesn’t see people of this age: %(about)s."),
    "no_licence": _("This therapist holds no current license in %(about)s."),
    "no_location": _("This therapist has no office in %(about)s."),
    "no_contract": _("This therapist isn’t in the plan’s network in %(about)s on that day."),
}


class NotEligible(Exception):
    """This therapist may not see this client; says why in one sentence."""


def sentence(hindrance: Hindrance) -> str:
    """Return why not, in words, in the reader's language."""
    return str(_SENTENCES[hindrance.kind]) % {"about": _label(hindrance.about)}


def granted(answer: Grounds | Hindrance) -> Grounds:
    """Return the grounds.

    :raises NotEligible: there are none.
    """
    if isinstance(answer, Hindrance):
        raise NotEligible(sentence(answer))
    return answer


def _label(code: str) -> str:
    vocabularies = (vocabulary.SERVICES, vocabulary.MODALITIES, vocabulary.AGES, vocabulary.JURISDICTIONS)
    return next((str(words[code]) for words in vocabularies if code in words), code)
