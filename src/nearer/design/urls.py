"""Addresses of design."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

app_name = "design"
urlpatterns: list[URLPattern | URLResolver] = []
