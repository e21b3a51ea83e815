"""What the pages of support say in lists: the parts of a plan, the parts of a sentence, the ways to get help."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _
from django.utils.translation import pgettext_lazy

from nearer.design.sentences import SentencePart


@dataclass(frozen=True, slots=True)
class PlanPart:
    """One line of a supporter's plan, with an example of what might stand there."""

    code: str
    name: Promise
    hint: Promise


@dataclass(frozen=True, slots=True)
class Rhythm:
    """How often to show gently that one is there: every so many weeks, or never by plan."""

    weeks: int
    name: Promise


@dataclass(frozen=True, slots=True)
class Pair:
    """How something sounds with pressure, and how it sounds without."""

    pressure: Promise
    freedom: Promise


@dataclass(frozen=True, slots=True)
class Way:
    """A way to get help: whom it is for, when it fits, and when it does not. `who` is how a search calls it."""

    who: str
    name: Promise
    fits: Promise
    not_when: Promise


PLAN = (
    PlanPart(
        "keep",
        _("What I’ll keep doing"),
        _("For example: the film on Friday, the good-night message, walking the dog."),
    ),
    PlanPart("stop", _("What I’ll stop pushing"), _("For example: asking “what’s wrong?” more than once.")),
    PlanPart("here", _("How I’ll gently show that I’m here"), _("For example: a card with one line and no question.")),
    PlanPart(
        "me",
        _("What I’ll do for myself"),
        _("For example: a friend on Sunday, swimming, one evening with the phone away."),
    ),
    PlanPart(
        "limit",
        _("What I won’t do or accept, whatever happens"),
        _("For example: being shouted at, or waiting up all night."),
    ),
)

RHYTHMS = (
    Rhythm(0, _("When it happens by itself")),
    Rhythm(1, _("About once a week")),
    Rhythm(2, _("About every two weeks")),
    Rhythm(4, _("About once a month")),
)

PARTS = (
    SentencePart(
        "notice",
        _("What I notice"),
        (
            _("You’ve been quiet since the weekend."),
            _("We’ve talked less these last weeks."),
            _("You seemed far away last night."),
            _("You stepped back when I came closer."),
        ),
        hint=_("Something anyone could have seen. No label, no “why”."),
    ),
    SentencePart(
        "sense",
        _("That it makes sense"),
        (
            _("There may be good reasons for that."),
            _("A lot has been going on."),
            _("It doesn’t make me think less of you."),
            _("Being close can be a lot."),
        ),
        hint=_("You need not know the reason to allow that there is one."),
    ),
    SentencePart(
        "me",
        _("What I feel, if you want to say it"),
        (
            pgettext_lazy("said to someone who pulls away", "I care about you."),
            _("I miss you a little, and I’m all right."),
            _("I like having you around, quiet or not."),
        ),
        hint=_("About you, and with nothing that they must do about it."),
    ),
    SentencePart(
        "free",
        _("That they are free"),
        (
            _("You don’t have to talk about it."),
            _("Take the time you need. I’m not going anywhere."),
            _("If you want company, I’m here. If you want space, that’s fine too."),
            _("No answer needed."),
        ),
        hint=_("This part is never left out: the pace is theirs."),
    ),
)

PAIRS = (
    Pair(_("“We have to talk about this now.”"), _("“I’d like to talk at some point. You say when, or whether.”")),
    Pair(_("“Why are you like this?”"), _("“I can see that this is hard.”")),
    Pair(_("“If you loved me, you would tell me.”"), _("“You don’t owe me the whole story.”")),
    Pair(_("“After all I’ve done for you …”"), _("“I do this because I want to. You owe nothing.”")),
    Pair(_("“You always run away.”"), _("“When you left last night, I felt alone.”")),
    Pair(_("“I’ve booked you a therapist.”"), _("“If you ever want help finding someone, I’d sit with you.”")),
)

#: What often presses, in pieces as people write them. The builder says so kindly, and takes nothing away.
PRESSING = (
    (_("why"), _("“Why” often sounds like a charge, even when it is meant as care.")),
    (_("always"), _("“Always” is hard to hear. One time and place is easier.")),
    (_("never"), _("“Never” is hard to hear. One time and place is easier.")),
    (_("have to"), _("“Have to” takes the choice away.")),
    (_("if you loved"), _("Love as a proof to be given is pressure.")),
    (_("you should"), _("“You should” puts you above them.")),
    ("?", _("A question asks for an answer. A full stop leaves them free.")),
)

WAYS = (
    Way(
        "me",
        _("Someone for yourself"),
        _("You are tired, worried, or unsure what is yours to carry. You need nobody’s permission for it."),
        _("It does not change the other person. It can change what you do."),
    ),
    Way(
        "us",
        _("Someone for the two of you"),
        _("You both want it at least a little, and each of you could say a hard thing in the room and go home safe."),
        _("Not if one of you fears the other. Then each alone comes first."),
    ),
    Way(
        "both",
        _("Both: together, and someone of your own"),
        _("There is something between you, and something in each of you that needs a place of its own."),
        _("They are two different therapists, on different days."),
    ),
)
