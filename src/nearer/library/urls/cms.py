"""The editor's addresses: Wagtail's, each behind the door."""

from __future__ import annotations

from wagtail.admin import urls as wagtail
from wagtail.utils.urlpatterns import decorate_urlpatterns

from nearer.library.doors.cms import guarded

urlpatterns = decorate_urlpatterns(list(wagtail.urlpatterns), guarded)
