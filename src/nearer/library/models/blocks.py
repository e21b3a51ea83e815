"""What a text is built of: headings, prose and callouts, and nothing else."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _
from wagtail import blocks
from wagtail.rich_text import RichText

from nearer.library.rules import prose
from nearer.library.vocabulary import CALLOUTS

FEATURES = ["bold", "italic", "ol", "ul", "link"]


class CleanProse(blocks.RichTextBlock):
    """Prose that is cleaned wherever it is kept: whatever was pasted, only what an article may hold goes in."""

    def __init__(self, **options: Any) -> None:
        super().__init__(features=FEATURES, **options)

    def get_prep_value(self, value: Any) -> str:
        return prose.stored(super().get_prep_value(value) or "")

    def clean(self, value: Any) -> RichText:
        text = prose.stored(value.source if value else "")
        if len(text) > prose.LONGEST:
            raise ValidationError(
                _("This stretch of text is longer than %(most)s characters. Split it by headings.")
                % {"most": f"{prose.LONGEST:,}"}
            )
        return super().clean(RichText(text))

    class Meta:
        icon = "pilcrow"
        label = _("Text")


class CalloutBlock(blocks.StructBlock):
    """A box beside the text: for safety, something to try, something to ask a therapist."""

    kind = blocks.ChoiceBlock(choices=[*CALLOUTS.items()])
    text = CleanProse()

    class Meta:
        icon = "warning"
        label = _("Box")


class TextBlock(blocks.StreamBlock):
    """The text of an article, from its first paragraph to its last."""

    heading = blocks.CharBlock(max_length=120, icon="title", label=_("Heading"))
    prose = CleanProse()
    callout = CalloutBlock()
