"""Addresses of the page on which operators let people in and out."""

from __future__ import annotations

from django.urls import path

from nearer.portal.views import people

urls_people = [
    path("operator/people/", people.everybody, name="people"),
    path("operator/people/<int:user_id>/", people.somebody, name="person"),
    path("operator/people/<int:user_id>/end/", people.end_role, name="person_end_role"),
    path("operator/people/<int:user_id>/reset/", people.reset, name="person_reset"),
]
