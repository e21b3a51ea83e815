"""Addresses of reflection."""

from __future__ import annotations

from django.urls import path

from nearer.reflection.views import check_in, feelings, practice

app_name = "reflection"
urlpatterns = [
    path("check-in/", check_in.check_in, name="check_in"),
    path("feelings/", feelings.feelings, name="feelings"),
    path("practice/", practice.practice, name="practice"),
    path("practice/breathing/", practice.breathing, name="breathing"),
    path("practice/noticing/", practice.noticing, name="noticing"),
    path("practice/small-steps/", practice.ladder, name="ladder"),
    path("practice/hard-talks/", practice.hard_talks, name="hard_talks"),
]
