"""Small practices for closeness, in words: breathing, noticing, and saying hard things."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from nearer.design.sentences import SentencePart


@dataclass(frozen=True, slots=True)
class Exercise:
    """A few minutes of noticing: what it is for, and its steps."""

    code: str
    name: Promise
    says: Promise
    steps: tuple[Promise, ...]


@dataclass(frozen=True, slots=True)
class HardTalk:
    """One kind of thing that is hard to say, with its parts in the order in which they are said."""

    code: str
    name: Promise
    says: Promise
    parts: tuple[SentencePart, ...]


EXERCISES = (
    Exercise(
        "beside",
        _("Beside someone"),
        _("For when being near someone makes you tight."),
        (
            _("Feel where your body is held: feet, seat, back. Let it be held."),
            _("Notice one place that tightens when the other comes near. You need not change it."),
            _("Say inside: “Something in me is keeping watch.” That is all it is doing."),
            _("Look at something pleasant in the room, then back. Stay for three breaths, or leave whenever you like."),
        ),
    ),
    Exercise(
        "warmth",
        _("A little warmth"),
        _("For someone you find easy: a friend, a child, a cat."),
        (
            _("Think of one who is easy to like. See the face."),
            _("Wish them something simple: “May you be well.” Notice what happens in your chest, if anything."),
            _("Turn the same wish to yourself. If that is too much, go back to the cat."),
            _("Only on another day, and only if you want to: someone you would like to be nearer to."),
        ),
    ),
    Exercise(
        "before",
        _("Before a hard talk"),
        _("Two minutes, behind a closed door."),
        (
            _("Put your feet flat on the floor. Breathe out longer than you breathe in, five times."),
            _("Find the word for what you feel now. Say it to yourself without a “but”."),
            _("Say what you hope for, in one sentence. It need not happen today."),
            _("Decide how you can stop: “I need a break. I’ll be back in twenty minutes.”"),
        ),
    ),
    Exercise(
        "after",
        _("After closeness"),
        _("For the pull to run that may come after something good."),
        (
            _("Notice the urge to leave, to pick a fight, or to go cold. It is an urge, not an order."),
            _("Name it: “There was closeness, and now there is alarm.”"),
            _("Do something plain with your hands for ten minutes: dishes, a walk, a plant."),
            _("Then decide what you want to do. It may still be time alone; say so kindly."),
        ),
    ),
)

HARD_TALKS = (
    HardTalk(
        "i-statement",
        _("Saying how it is for me"),
        _("One time and place, then what it does in you, then what you would like. No “you always”."),
        (
            SentencePart(
                "when",
                _("What happened, as a camera would have seen it"),
                (_("you looked at your phone while I was talking"), _("you came home later than we said")),
                before=_("When"),
                after=",",
            ),
            SentencePart(
                "feel",
                _("What it does in me"),
                (_("sad"), _("unimportant"), _("worried"), _("lonely")),
                before=_("I feel"),
                after=".",
            ),
            SentencePart(
                "like",
                _("What I would like"),
                (_("ten minutes with you and no screens"), _("a message when it gets late")),
                before=_("I would like"),
                after=".",
            ),
        ),
    ),
    HardTalk(
        "opening",
        _("Beginning softly"),
        _("How a talk begins is often how it ends. Ask whether now is a good time."),
        (
            SentencePart(
                "matter",
                _("Why I bring it up"),
                (_("You matter to me, and there is something on my mind."), _("I’m a bit nervous to say this.")),
            ),
            SentencePart(
                "about",
                _("What it is about, in a few words"),
                (_("last weekend"), _("how we spend our evenings"), _("something you said")),
                before=_("It is about"),
                after=".",
            ),
            SentencePart(
                "time",
                _("The choice of when"),
                (_("Is now all right, or later today?"), _("It can wait. Tell me when you have a quiet moment.")),
            ),
        ),
    ),
    HardTalk(
        "reassurance",
        _("Asking for reassurance"),
        _("Asking plainly is easier to answer than a test. Once is enough."),
        (
            SentencePart(
                "inside",
                _("What goes on in me"),
                (_("I’m telling myself that you are tired of me."), _("My head is making up stories tonight.")),
            ),
            SentencePart(
                "ask",
                _("What would help"),
                (
                    _("Could you tell me that we’re all right?"),
                    _("Could you hold me for a minute?"),
                    _("Could you tell me when we’ll talk again?"),
                ),
            ),
            SentencePart(
                "free",
                _("And that no is allowed"),
                (_("If you can’t right now, that’s all right. Then I’ll ask again tomorrow."),),
            ),
        ),
    ),
    HardTalk(
        "no",
        _("Saying no"),
        _("A no to one thing is not a no to the person. You need no reason that convinces."),
        (
            SentencePart(
                "warm",
                _("What is true and kind"),
                (_("I’m glad that you asked me."), _("I like being with you.")),
            ),
            SentencePart(
                "no",
                _("The no"),
                (_("I don’t want to do that."), _("Not tonight."), _("I’m not ready to talk about that.")),
            ),
            SentencePart(
                "instead",
                _("What I can offer, if anything"),
                (_("I could come for an hour on Sunday."), _("I’ll tell you when I am.")),
            ),
        ),
    ),
    HardTalk(
        "repair",
        _("Mending after a quarrel"),
        _("Your own part only, without “but”. It may need saying more than once."),
        (
            SentencePart(
                "mine",
                _("My part"),
                (
                    _("I raised my voice."),
                    _("I went cold and left you alone with it."),
                    _("I said something to hurt you."),
                ),
            ),
            SentencePart(
                "sorry",
                _("What I think it was like for you"),
                (_("That must have been lonely. I’m sorry."), _("That was not fair to you. I’m sorry.")),
            ),
            SentencePart(
                "next",
                _("What I’ll try next time"),
                (_("call for a break before it gets loud"), _("say that I’m scared instead of going away")),
                before=_("Next time I’ll try to"),
                after=".",
            ),
        ),
    ),
)
