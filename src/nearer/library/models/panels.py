"""How an article is written in the editor: what is read first, what it rests on, where it stands."""

from __future__ import annotations

from django import forms
from django.contrib.postgres.forms import SimpleArrayField
from django.utils.translation import gettext_lazy as _
from wagtail.admin.forms import WagtailAdminPageForm
from wagtail.admin.panels import FieldPanel, InlinePanel, ObjectList, TabbedInterface, TitleFieldPanel

from nearer.library.vocabulary import TOPICS, TOUCHES

MARK_HELP = _("Mark the sentence in the text with [^key], as in [^c1]. Every claim needs a source to be signed.")


class ArticleForm(WagtailAdminPageForm):
    """The editor's form, with choices where the table holds codes."""

    topics = forms.MultipleChoiceField(
        label=_("Topics"), choices=list(TOPICS.items()), widget=forms.CheckboxSelectMultiple, required=False
    )
    touches = forms.MultipleChoiceField(
        label=_("It touches"),
        help_text=_("Any of these asks for a second reviewer."),
        choices=list(TOUCHES.items()),
        widget=forms.CheckboxSelectMultiple,
        required=False,
    )
    related = SimpleArrayField(
        forms.SlugField(),
        label=_("Related articles"),
        help_text=_("Names in their addresses, with commas between"),
        required=False,
    )


def edit_handler() -> TabbedInterface:
    """Return the editor's tabs. There is no date of publication: signatures publish, not clocks."""
    text = [
        TitleFieldPanel("title"),
        FieldPanel("standfirst"),
        FieldPanel("takeaways"),
        FieldPanel("body"),
    ]
    claim = [FieldPanel(name) for name in ("key", "text", "sources", "supports", "strength")]
    rests = [
        InlinePanel("claims", panels=claim, heading=_("Claims"), help_text=MARK_HELP),
        InlinePanel(
            "contributions", heading=_("People"), panels=[FieldPanel(n) for n in ("person", "part", "contribution")]
        ),
        FieldPanel("machine_helped"),
        FieldPanel("written_on"),
    ]
    place = ("slug", "topics", "series", "series_position", "related", "next_step", "touches", "picture", "picture_alt")
    return TabbedInterface(
        [
            ObjectList(text, heading=_("Text")),
            ObjectList(rests, heading=_("Claims and people")),
            ObjectList([FieldPanel(name) for name in place], heading=_("Its place")),
        ]
    )
