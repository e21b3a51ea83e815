"""Articles: pages of Wagtail that cannot be public unless this very text was signed."""

from __future__ import annotations

from typing import Any, ClassVar

from django.contrib.postgres.fields import ArrayField
from django.db import models, transaction
from django.utils import timezone
from django.utils.translation import gettext_lazy as _
from modelcluster.fields import ParentalKey
from wagtail.blocks import CharBlock
from wagtail.fields import StreamField
from wagtail.models import Orderable, Page, Revision

from nearer.library.models.blocks import TextBlock
from nearer.library.models.content import content_of
from nearer.library.models.editions import covered_hash, is_signed
from nearer.library.models.panels import ArticleForm, edit_handler
from nearer.library.models.people import Contributor
from nearer.library.models.permissions import ArticlePermissions
from nearer.library.models.saving import saved_whole
from nearer.library.rules.terms import NotSigned
from nearer.library.vocabulary import NEXT_STEPS, SERIES, STRENGTHS


def _choices(names: Any) -> list[tuple[str, str]]:
    """Return choices as codes alone: their words are the interface's, and would make a migration of every change."""
    return [(code, code) for code in names]


class Shelf(Page):
    """The articles of one language. Not itself something to read."""

    parent_page_types: ClassVar[list[str]] = ["wagtailcore.Page"]
    subpage_types: ClassVar[list[str]] = ["library.Article"]
    max_count_per_parent = 2

    class Meta:
        verbose_name = _("shelf")


class Article(Page):
    """One article in one language. `text_hash` is the hash of what this row and its claims and people say."""

    live: bool  # from Wagtail, which has no types
    standfirst = models.TextField(max_length=240, blank=True)
    takeaways = StreamField([("takeaway", CharBlock(max_length=300))], max_num=5, blank=True)
    body = StreamField(TextBlock(), blank=True)
    topics = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    series = models.CharField(max_length=20, blank=True, choices=_choices(SERIES))
    series_position = models.PositiveSmallIntegerField(default=0)
    related = ArrayField(models.SlugField(), default=list, blank=True)
    next_step = models.CharField(max_length=20, choices=_choices(NEXT_STEPS), default="check-in")
    touches = ArrayField(models.CharField(max_length=20), default=list, blank=True)
    picture = models.SlugField(blank=True)
    picture_alt = models.CharField(max_length=300, blank=True)
    written_on = models.DateField(default=timezone.localdate)
    machine_helped = models.BooleanField(_("a machine helped write it"), default=False)
    text_hash = models.CharField(max_length=64, editable=False)

    parent_page_types: ClassVar[list[str]] = ["library.Shelf"]
    subpage_types: ClassVar[list[str]] = []
    show_in_menus_default = False
    base_form_class = ArticleForm
    edit_handler = edit_handler()
    exclude_fields_in_copy: ClassVar[list[str]] = ["text_hash"]

    class Meta:
        verbose_name = _("article")

    @property
    def key(self) -> str:
        """What the ledger calls it."""
        return f"{self.locale.language_code}/{self.slug}"

    @property
    def content(self) -> dict[str, Any]:
        """What is signed: everything that a reader is shown, as it is now in this object."""
        return content_of(self)

    def save(self, *args: Any, **kwargs: Any) -> None:
        """Save it; as live only if this very text is signed.

        Where something copies a live page, the copy lands unpublished.

        :raises NotSigned: something tried to publish a text that nobody signed.
        """
        fields = kwargs.get("update_fields")
        if fields is None:
            self.text_hash = covered_hash(self.pk, self.content)
        if fields is None or "live" in fields:
            self._check_live()
        with transaction.atomic(), saved_whole(self.pk):
            super().save(*args, **kwargs)

    def _check_live(self) -> None:
        if not self.live or is_signed(self.pk, self.text_hash):
            return
        if self._state.adding or self.alias_of_id:
            self.live = False
            self.has_unpublished_changes, self.live_revision = True, None
            return
        raise NotSigned(f"{self.key} is not published: no valid signature covers this text. Send it to review.")

    def save_revision(self, *args: Any, **kwargs: Any) -> Revision:
        """Keep a version; blocks are built first, since only built ones are cleaned as they are kept."""
        list(self.body)
        return super().save_revision(*args, **kwargs)

    def permissions_for_user(self, user: Any) -> ArticlePermissions:
        return ArticlePermissions(user, self)

    def with_content_json(self, content: Any) -> Article:
        """Return this article with a revision's content; never with the hash of another text."""
        article: Article = super().with_content_json(content)
        article.text_hash = self.text_hash
        return article


class Claim(Orderable):
    """One thing that an article says is so, and the works that say so too. The text marks it: [^key]."""

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="claims")
    key = models.SlugField(max_length=20)
    text = models.TextField(max_length=600)
    sources = ArrayField(models.SlugField(), default=list, blank=True)
    supports = models.TextField(max_length=1000, blank=True)
    strength = models.CharField(max_length=12, choices=_choices(STRENGTHS), default="limited")

    class Meta(Orderable.Meta):
        verbose_name = _("claim")


class Contribution(Orderable):
    """What one person gave to an article."""

    class Part(models.TextChoices):
        AUTHOR = "author", _("Author")
        CONTRIBUTOR = "contributor", _("Contributor")

    article = ParentalKey(Article, on_delete=models.CASCADE, related_name="contributions")
    person = models.ForeignKey(Contributor, models.PROTECT, related_name="contributions")
    part = models.CharField(max_length=12, choices=Part, default=Part.AUTHOR)
    contribution = models.CharField(max_length=300, blank=True)

    class Meta(Orderable.Meta):
        verbose_name = _("contribution")
