"""Addresses of home."""

from __future__ import annotations

from django.urls import path

from nearer.home import views

app_name = "home"
urlpatterns = [
    path("", views.front, name="front"),
    path("how-matching-works/", views.how_matching_works, name="how_matching_works"),
    path("privacy/", views.privacy, name="privacy"),
]
