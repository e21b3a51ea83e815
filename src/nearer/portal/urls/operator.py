"""Addresses of the operator's desk."""

from __future__ import annotations

from django.urls import path

from nearer.portal.views import operator

urls_operator = [
    path("operator/", operator.home, name="operator"),
]
