"""What a person may do with an article in the editor. Publishing is no right of anybody: only signatures publish."""

from __future__ import annotations

from wagtail.models import PagePermissionTester

from nearer.library.models.editions import Edition


class ArticlePermissions(PagePermissionTester):
    """Wagtail's own answer, but nobody publishes, and what was ever signed stays on record."""

    def can_publish(self) -> bool:
        return False

    def can_publish_subpage(self) -> bool:
        return False

    def can_delete(self, *, ignore_bulk: bool = False) -> bool:
        signed = Edition.objects.filter(article_id=self.page.pk).exists()
        return not signed and bool(super().can_delete(ignore_bulk=ignore_bulk))

    def can_unpublish(self) -> bool:
        """Taking down is voiding a signature, with a reason: see the article's own page for that."""
        return False
