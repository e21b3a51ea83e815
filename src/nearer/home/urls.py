"""Addresses of home."""

from __future__ import annotations

from django.urls import path

from nearer.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("how-matching-works/", views.how_matching_works, name="how_matching_works"),
    path("privacy/", views.privacy, name="privacy"),
    path("privacy/health-data/", views.health_data, name="health_data"),
    path("accessibility/", views.accessibility, name="accessibility"),
    path("robots.txt", views.robots, name="robots"),
    path("demo/outbox/", views.demo_outbox, name="demo_outbox"),
    path("demo/outbox/<str:key>.ics", views.demo_calendar, name="demo_calendar"),
]
