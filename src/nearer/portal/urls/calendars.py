"""Addresses of a therapist's calendars."""

from __future__ import annotations

from django.urls import path

from nearer.portal.views import calendars

urls_calendars = [
    path("desk/calendars/", calendars.show, name="calendars"),
    path("desk/calendars/connect/", calendars.connect, name="calendars_connect"),
    path("desk/calendars/<int:calendar_id>/read/", calendars.read, name="calendars_read"),
    path("desk/calendars/<int:calendar_id>/disconnect/", calendars.disconnect, name="calendars_disconnect"),
    path("desk/calendars/feed/", calendars.make_feed, name="calendars_feed"),
    path("desk/calendars/feed/end/", calendars.end_feed, name="calendars_feed_end"),
]
