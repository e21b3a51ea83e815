"""What the editor shows beside articles: sources, people, and how the library stands."""

from __future__ import annotations

from typing import Any, ClassVar

from django.http import HttpRequest, JsonResponse
from django.urls import URLPattern, path
from django.utils.translation import gettext_lazy as _
from wagtail import hooks
from wagtail.admin.panels import FieldPanel, MultiFieldPanel
from wagtail.admin.ui.components import Component
from wagtail.snippets.models import register_snippet
from wagtail.snippets.views.snippets import SnippetViewSet

from nearer.foundation import clock
from nearer.library.models import Contributor, Source
from nearer.library.queries.standing import standing


class SourceViewSet(SnippetViewSet):
    """The works that claims rest on."""

    model = Source
    icon = "link-external"
    add_to_admin_menu = True
    menu_label = _("Sources")
    list_display: ClassVar[list[str]] = ["key", "title", "year", "kind", "gone_since"]
    search_fields: ClassVar[list[str]] = ["key", "title", "authors"]
    panels: ClassVar[list[Any]] = [
        FieldPanel(name) for name in ("key", "title", "authors", "year", "doi", "url", "accessed_on", "kind")
    ]


class ContributorViewSet(SnippetViewSet):
    """The people whose names stand on articles."""

    model = Contributor
    icon = "group"
    add_to_admin_menu = True
    menu_label = _("People")
    list_display: ClassVar[list[str]] = ["name", "credentials", "licence_status", "licence_expires_on"]
    search_fields: ClassVar[list[str]] = ["name"]
    panels: ClassVar[list[Any]] = [
        *(FieldPanel(name) for name in ("name", "slug", "credentials", "about", "about_es", "conflicts", "user")),
        MultiFieldPanel(
            [
                FieldPanel(f"licence_{name}")
                for name in ("status", "kind", "jurisdiction", "number", "expires_on", "verified_on", "verified_by")
            ],
            heading=_("Licence"),
        ),
    ]


class NoFiles:
    """Where the editor looks for pictures and documents: there are none, and none can be sent."""

    model = type("Nothing", (), {})

    @classmethod
    def get_urlpatterns(cls) -> list[URLPattern]:
        return [path("", _nothing, name="listing")]


def _nothing(request: HttpRequest) -> JsonResponse:  # noqa: ARG001 - the shape of a view
    return JsonResponse({"meta": {"total_count": 0}, "items": []})


class StandingPanel(Component):
    """On the editor's first page: what is overdue, what waits, and which claims lack a source."""

    name = "standing"
    order = 50
    template_name = "library/cms/standing.html"

    def get_context_data(self, parent_context: Any) -> dict[str, Any]:  # noqa: ARG002 - Wagtail's shape
        return {"standing": standing(today=clock.now().date())}


register_snippet(SourceViewSet)
register_snippet(ContributorViewSet)


@hooks.register("construct_admin_api")
def add_no_files(router: Any) -> None:
    for name in ("images", "documents"):
        router.register_endpoint(name, NoFiles)


@hooks.register("construct_homepage_panels")
def add_standing(request: Any, panels: list[Any]) -> None:  # noqa: ARG001 - Wagtail's shape
    panels.append(StandingPanel())
