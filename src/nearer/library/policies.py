"""Who may check, who may sign, and when: each refusal is the sentence that a person reads."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nearer.library.models import Contributor
from nearer.library.rules.terms import LICENCE_BELIEVED, unsupported


class CannotSign(Exception):
    """This person can't sign this text today."""


class CannotCheck(Exception):
    """This text can't pass the check of evidence."""


def check_evidence(content: Mapping[str, Any]) -> None:
    """Refuse a text whose claims do not all have a source, or that lacks what every article has.

    :raises CannotCheck: with every sentence of what is missing.
    """
    missing = list(unsupported(content))
    if missing:
        raise CannotCheck(" ".join(missing))


def check_sources_answer(content: Mapping[str, Any], gone: Collection[str]) -> None:
    """Refuse a claim all of whose sources have gone from their addresses.

    :param gone: the keys of sources that were found gone.
    :raises CannotCheck: with the claim's name.
    """
    for claim in content["claims"]:
        if claim["sources"] and set(claim["sources"]) <= set(gone):
            names = ", ".join(claim["sources"])
            raise CannotCheck(
                _("Claim %(claim)s has no source left that can be read: %(names)s.")
                % {"claim": claim["id"], "names": names}
            )


def check_signer(person: Contributor | None, *, writers: Collection[int], slugs: Collection[str], today: date) -> None:
    """Refuse a signature of somebody who wrote the text, or whose licence does not stand today.

    :param writers: the numbers of everybody who saved a version of this article.
    :param slugs: the slugs of the people who are named as its authors and contributors.
    :raises CannotSign: with the sentence to show.
    """
    if person is None:
        raise CannotSign(_("You are not in the list of people. An editor has to enter you with your licence first."))
    if person.slug in slugs or person.user_id in writers:
        raise CannotSign(_("You wrote part of this article. Somebody else has to review it."))
    _check_licence(person, today)


def check_demonstration(person: Contributor, *, is_demonstration: bool) -> None:
    """Refuse the demonstration's reviewer anywhere else.

    :raises CannotSign: with the sentence to show.
    """
    if person.is_demonstration and not is_demonstration:
        raise CannotSign(_("This reviewer is made up for the demonstration and can’t sign here."))


def check_other_reviewer(person: Contributor, clinical_id: int | None) -> None:
    """Refuse a second signature before the first, or by the same person.

    :raises CannotSign: with the sentence to show.
    """
    if clinical_id is None:
        raise CannotSign(_("The clinical review comes first."))
    if person.pk == clinical_id:
        raise CannotSign(_("You signed this text already. The second reviewer has to be somebody else."))


def _check_licence(person: Contributor, today: date) -> None:
    if person.licence_status != Contributor.Licence.ACTIVE:
        raise CannotSign(_("Your licence is not recorded as active, so you can’t sign. Ask an editor to check it."))
    if person.licence_expires_on is None or person.licence_expires_on < today:
        raise CannotSign(_("Your licence has lapsed, so you can’t sign. Ask an editor to record the new date."))
    checked = person.licence_verified_on
    if checked is None or not today - LICENCE_BELIEVED <= checked <= today:
        raise CannotSign(_("Your licence was not checked in the last 90 days. Ask an editor to check it again."))
