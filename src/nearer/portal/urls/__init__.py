"""Addresses of the portal: each desk keeps its own list."""

from __future__ import annotations

from nearer.portal.urls.calendars import urls_calendars
from nearer.portal.urls.desk import urls_desk
from nearer.portal.urls.operator import urls_operator
from nearer.portal.urls.people import urls_people

app_name = "portal"
urlpatterns = [*urls_desk, *urls_calendars, *urls_operator, *urls_people]
