"""The address book. Each room owns its addresses; this page only says which room comes first."""

from __future__ import annotations

from django.conf.urls.i18n import i18n_patterns
from django.urls import include, path

from nearer.config.health import healthz

pages = i18n_patterns(
    path("design/", include("nearer.design.urls")),
    path("", include("nearer.safety.urls")),
    path("", include("nearer.care.urls")),
    path("", include("nearer.accounts.urls")),
    path("", include("nearer.portal.urls")),
    path("", include("nearer.reflection.urls")),
    path("", include("nearer.support.urls")),
    path("", include("nearer.library.urls")),
    path("", include("nearer.home.urls")),
    prefix_default_language=False,
)
urlpatterns = [
    path("healthz", healthz),
    path("editor/", include("nearer.library.urls.cms")),
    path("", include("nearer.scheduling.urls")),
    *pages,
]
