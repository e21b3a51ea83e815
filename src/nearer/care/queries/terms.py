"""What holds between clients and this practice: in force now, agreed for a booking, and in words."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from django.conf import settings
from django.utils.functional import Promise
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from nearer.care.models import Outcome, Terms
from nearer.care.rules import policy as rules
from nearer.care.rules.policy import Consequence, Policy
from nearer.care.rules.policy_file import PolicyWrong, from_data, from_text

DEFAULT = Path(__file__).resolve().parents[1] / "data/policy.toml"
#: What was agreed before there were policies: nothing is ever owed.
NOTHING = Policy("")
CENTS = 100
_NOTHING_OWED: Mapping[str, Promise] = {
    rules.THEIRS: gettext_lazy("The therapist cancelled. Nothing is owed."),
    rules.FREE: gettext_lazy("This is on time. Nothing is owed."),
    rules.LATE: gettext_lazy("This is late, but nothing is owed."),
    rules.MISSED: gettext_lazy("Nobody came. Nothing is owed."),
}


@dataclass(frozen=True, slots=True)
class Settled:
    """What followed from an act on a booking, in cents and in words."""

    kind: str
    fee_cents: int
    words: str


def policy_in_force() -> Policy:
    """Return what a time that is taken now comes with.

    :raises PolicyWrong: the operator's file contradicts itself, or can't be read.
    """
    return _read(Path(getattr(settings, "NEARER_POLICY", "") or DEFAULT))


def policy_for(booking_id: int) -> Policy:
    """Return what was agreed when a time was taken."""
    kept = Terms.objects.filter(booking_id=booking_id).values_list("policy", flat=True).first()
    return NOTHING if kept is None else from_data(kept)


def terms_text(booking_id: int) -> tuple[str, ...]:
    """Return what was agreed, line by line, as the client read it; nothing where there were no policies yet."""
    text = Terms.objects.filter(booking_id=booking_id).values_list("text", flat=True).first()
    return tuple((text or "").splitlines())


def earlier_lapses(client_id: int | None) -> int:
    """Return how many sessions a client cancelled late or missed before."""
    if client_id is None:
        return 0
    return Outcome.objects.filter(booking__client_id=client_id, kind__in=(rules.LATE, rules.MISSED)).count()


def outcome_of(booking_id: int) -> Settled | None:
    """Return what followed from cancelling or missing a session, if anything was written."""
    row = Outcome.objects.filter(booking_id=booking_id).first()
    if row is None:
        return None
    done = Consequence(row.kind, row.fee_cents, row.full_cents, row.waived, row.decided_at)
    return Settled(row.kind, row.fee_cents, consequence_words(done))


def policy_words(policy: Policy) -> tuple[str, ...]:
    """Return a policy as a few plain sentences, in the language that is in force."""
    return tuple(_sentences(policy))


def consequence_words(found: Consequence) -> str:
    """Return what follows, in one or two plain sentences."""
    fee = {"fee": _money(found.full_cents)}
    if not found.full_cents:
        return str(_NOTHING_OWED[found.kind])
    if found.waived == rules.FIRST_TIME:
        return _("This would cost %(fee)s. It is the first time, so nothing is owed.") % fee
    if found.waived:
        return _("This would cost %(fee)s. The therapist let it go, so nothing is owed.") % fee
    if found.kind == rules.MISSED:
        return _("Nobody came, so %(fee)s is owed to the practice. Nearer takes no money itself.") % fee
    return _("This is late, so %(fee)s is owed to the practice. Nearer takes no money itself.") % fee


def _sentences(policy: Policy) -> Iterator[str]:
    yield from _about_cancelling(policy)
    yield from _about_letting_go(policy)
    lateness = policy.lateness
    yield _("Your therapist waits %(ours)d minutes for you. If they are %(theirs)d minutes late, you may go.") % {
        "ours": lateness.client_minutes,
        "theirs": lateness.therapist_minutes,
    }
    yield _(
        "If your therapist can’t keep your time, you owe nothing. We show you other times and other people at once. "
        "If they ask for another time, you may say no."
    )


def _about_cancelling(policy: Policy) -> Iterator[str]:
    rules_ = policy.cancelling
    hours = rules_.free_until_hours
    if not policy.charges:
        yield _("You can cancel or move your time yourself until it begins. It costs nothing.")
        if hours:
            yield ngettext(
                "If you can, do it %(hours)d hour before, so that someone else can have the time.",
                "If you can, do it %(hours)d hours before, so that someone else can have the time.",
                hours,
            ) % {"hours": hours}
        return
    if rules_.late_fee_cents:
        yield ngettext(
            "You can cancel or move your time yourself. Until %(hours)d hour before, it costs nothing.",
            "You can cancel or move your time yourself. Until %(hours)d hours before, it costs nothing.",
            hours,
        ) % {"hours": hours}
        yield _("Later than that, cancelling costs %(late)s. Not coming costs %(missed)s.") % {
            "late": _money(rules_.late_fee_cents),
            "missed": _money(rules_.missed_fee_cents),
        }
    else:
        yield _(
            "You can cancel or move your time yourself until it begins. It costs nothing. Not coming costs %(fee)s."
        ) % {"fee": _money(rules_.missed_fee_cents)}
    if rules_.grace_minutes and rules_.late_fee_cents:
        yield _("If you book later than that, you have %(minutes)d minutes to change your mind.") % {
            "minutes": rules_.grace_minutes
        }


def _about_letting_go(policy: Policy) -> Iterator[str]:
    if not policy.charges:
        return
    if policy.waivers.first_time:
        yield _("The first time that this happens, you owe nothing.")
    if policy.waivers.reasons:
        yield _("If something serious kept you, such as illness, tell your therapist. They can let the fee go.")


def _money(cents: int) -> str:
    return f"${cents // CENTS:,}" if cents % CENTS == 0 else f"${cents / CENTS:,.2f}"


@lru_cache(maxsize=4)
def _read(path: Path) -> Policy:
    try:
        return from_text(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        raise PolicyWrong(f"The policy {path} can't be read: correct NEARER_POLICY or the file's rights.") from None
