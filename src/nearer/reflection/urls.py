"""Addresses of reflection."""

from __future__ import annotations

from django.urls import path

from nearer.reflection.views import check_in, feelings

app_name = "reflection"
urlpatterns = [
    path("check-in/", check_in.check_in, name="check_in"),
    path("feelings/", feelings.feelings, name="feelings"),
]
