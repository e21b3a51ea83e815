"""The seven signs, and what the page gives back for each. Our own words: there is no total, band or type."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _


@dataclass(frozen=True, slots=True)
class Sign:
    """One sign, what it may have protected, and three ways on. `article` is an address in the library."""

    code: str
    name: Promise
    says: Promise
    protects: Promise
    skill: Promise
    skill_at: str
    article: str
    question: Promise


@dataclass(frozen=True, slots=True)
class Answer:
    """How often something is so. `is_often` answers are the ones that the result speaks about."""

    code: str
    says: Promise
    is_often: bool = False


@dataclass(frozen=True, slots=True)
class Screen:
    """Two questions about the last two weeks, scored 0 to 3 each as published; from `cut_off` on, a clinician first."""

    code: str
    name: Promise
    questions: tuple[Promise, ...]
    cut_off: int


@dataclass(frozen=True, slots=True)
class CheckInPage:
    """All that the page asks."""

    signs: tuple[Sign, ...]
    answers: tuple[Answer, ...]
    screens: tuple[Screen, ...]
    days: tuple[Promise, ...]


ANSWERS = (
    Answer("never", _("Never")),
    Answer("seldom", _("Seldom")),
    Answer("sometimes", _("Sometimes")),
    Answer("often", _("Often"), is_often=True),
    Answer("almost_always", _("Almost always"), is_often=True),
)

SIGNS = (
    Sign(
        "surface",
        _("Many people, few of them close"),
        _("I know a lot of people, but hardly anyone knows what really goes on in me."),
        _(
            "Staying on the surface kept you liked, and kept the tender parts out of reach. "
            "Where closeness once cost too much, that was a wise trade."
        ),
        _("Tell one person one true thing today that is small enough to carry."),
        "ladder",
        "kinds-of-intimacy",
        _("“I have people around me and still feel unknown. Where would you start with that?”"),
    ),
    Sign(
        "leaving",
        _("Moving on when it gets serious"),
        _("When someone starts to matter, I feel an urge to leave, or to find what is wrong with them."),
        _("Leaving first meant that nobody could leave you. It gave you the last word about how much it would hurt."),
        _("When the urge comes, wait one day before you act on it, and write down what came just before."),
        "journal",
        "where-fear-of-intimacy-comes-from",
        _("“I tend to go when it gets close. Can we find out what happens right before?”"),
    ),
    Sign(
        "known",
        _("Being known feels uneasy"),
        _("When someone looks closely at me, or asks about me, I change the subject or make a joke."),
        _("What nobody saw, nobody could laugh at or use. Hiding kept something of yours whole."),
        _("Next time, answer with one sentence more than you usually would, and then stop."),
        "ladder",
        "practising-vulnerability",
        _("“It is hard for me to be looked at closely. Could we go slowly with that here?”"),
    ),
    Sign(
        "silence",
        _("Not speaking of feelings, childhood or fears"),
        _("I keep away from talk about what I feel, where I come from, or what scares me."),
        _(
            "Where feelings were met with silence, anger or too much worry, keeping them in kept the peace. "
            "And what is not said can’t be argued with."
        ),
        _("Look for the word that fits right now. Naming it for yourself is enough; you need not tell anyone."),
        "feelings",
        "more-words-for-feelings",
        _("“I don’t have many words for what I feel. How can we work with that?”"),
    ),
    Sign(
        "trust",
        _("Trusting is hard, even without a reason"),
        _("I wait for the catch, even with people who have given me no cause."),
        _("Somebody once taught you that trust is paid for later. Keeping watch was how you stayed ahead of it."),
        _(
            "Ask yourself what this person has done so far, and what someone else did long ago. "
            "If it is this person who hurts you, your doubt is not the problem."
        ),
        "journal",
        "fear-of-intimacy-or-fear-of-someone",
        _("“I can’t tell whether my mistrust is old or earned. Can we look at it together?”"),
    ),
    Sign(
        "spoiling",
        _("Spoiling what is good"),
        _("When things go well with someone, I start a quarrel, go cold, or do something that harms it."),
        _("Waiting for the fall can be worse than the fall. Ending the wait yourself gave you some control back."),
        _("Say out loud what is happening: “This is going well, and that makes me nervous.”"),
        "words",
        "talking-about-needs",
        _("“I seem to break what I most want to keep. What might I be protecting?”"),
    ),
    Sign(
        "rejection",
        _("Fear of being turned down or left"),
        _("A late reply or a flat voice is enough to make me think that they are going."),
        _("Reading every sign early meant that it never struck you unprepared."),
        _("Breathe out slowly for a minute before you answer. Then ask, instead of guessing."),
        "breathing",
        "seven-signs",
        _("“I am quick to feel left. How can I tell what is really happening?”"),
    ),
)

#: PHQ-2 and GAD-2 are in the public domain; 3 of 6 is their published cut-off, for complete answers only
#: (Kroenke 2003, doi:10.1097/01.MLR.0000093487.78664.3C; Kroenke 2007, doi:10.7326/0003-4819-146-5-200703060-00004).
SCREENS = (
    Screen(
        "phq2",
        _("Mood"),
        (_("Little interest or pleasure in doing things"), _("Feeling down, depressed, or hopeless")),
        cut_off=3,
    ),
    Screen(
        "gad2",
        _("Worry"),
        (_("Feeling nervous, anxious, or on edge"), _("Not being able to stop or control worrying")),
        cut_off=3,
    ),
)
DAYS = (_("Not at all"), _("Several days"), _("More than half the days"), _("Nearly every day"))


def check_in_page() -> CheckInPage:
    """Return the check-in."""
    return CheckInPage(SIGNS, ANSWERS, SCREENS, DAYS)
