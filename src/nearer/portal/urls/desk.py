"""Addresses of the therapist's desk."""

from __future__ import annotations

from django.urls import path

from nearer.portal.views import desk

urls_desk = [
    path("desk/", desk.home, name="desk"),
]
