"""Whether anything has changed for those who ask the same again."""

from __future__ import annotations

from django.db.models import Count, Sum

from nearer.matching.models import Candidate


def mark_of(jurisdiction: str, service: str) -> str:
    """Return a mark that is another one once somebody who can be found there has changed. One query.

    It is of the projection, so it follows a change of diary or facts within a minute. A sum, and not the last one:
    transactions do not commit in the order of their numbers.
    """
    there = Candidate.objects.filter(jurisdictions__contains=[jurisdiction], service=service)
    found = there.aggregate(last=Sum("changed_in"), number=Count("pk"))
    return f"{found['last']}.{found['number']}"
