"""Addresses of support."""

from __future__ import annotations

from django.urls import path

from nearer.support import views

app_name = "support"
urlpatterns = [
    path("support/", views.front, name="front"),
    path("support/distance/", views.distance, name="distance"),
    path("support/words/", views.words, name="words"),
    path("support/listening/", views.listening, name="listening"),
    path("support/together/", views.together, name="together"),
]
