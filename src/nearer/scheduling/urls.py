"""Addresses of scheduling."""

from __future__ import annotations

from django.urls import path

from nearer.scheduling import views

app_name = "scheduling"
urlpatterns = [path("feed/<slug:secret>.ics", views.feed, name="feed")]
