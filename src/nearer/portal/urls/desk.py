"""Addresses of the therapist's desk."""

from __future__ import annotations

from django.urls import path

from nearer.portal.views.desk import (
    changing,
    days,
    facts,
    home,
    hours,
    limits,
    offers,
    profile,
    sessions,
    standing,
    undoing,
)

urls_desk = [
    path("desk/", home.home, name="desk"),
    path("desk/undo/", undoing.undo, name="desk_undo"),
    path("desk/sessions/<int:appointment_id>/", sessions.session, name="desk_session"),
    path("desk/sessions/<int:appointment_id>/cancel/", changing.cancel, name="desk_cancel"),
    path("desk/sessions/<int:appointment_id>/move/", changing.move, name="desk_move"),
    path("desk/sessions/<int:appointment_id>/complete/", changing.complete, name="desk_complete"),
    path("desk/sessions/<int:appointment_id>/missed/", changing.missed, name="desk_missed"),
    path("desk/hours/", hours.week, name="desk_hours"),
    path("desk/days/", days.days, name="desk_days"),
    path("desk/days/off/", days.time_off, name="desk_time_off"),
    path("desk/days/other/", days.other_hours, name="desk_other_hours"),
    path("desk/days/back/", days.back, name="desk_back"),
    path("desk/days/pause/", days.pause, name="desk_pause"),
    path("desk/days/resume/", days.resume, name="desk_resume"),
    path("desk/limits/", limits.limits, name="desk_limits"),
    path("desk/profile/", profile.profile, name="desk_profile"),
    path("desk/profile/preview/", profile.preview, name="desk_preview"),
    path("desk/services/", offers.services, name="desk_services"),
    path("desk/services/<slug:kind>/", offers.service, name="desk_service"),
    path("desk/services/<slug:kind>/stop/", offers.stop, name="desk_service_stop"),
    path("desk/places/", offers.add_place, name="desk_place_add"),
    path("desk/places/<int:place_id>/drop/", offers.drop_place, name="desk_place_drop"),
    path("desk/licenses/", facts.facts, name="desk_licences"),
    path("desk/licenses/still-true/", facts.still_true, name="desk_still_true"),
    path("desk/licenses/add/", facts.add_licence, name="desk_licence_add"),
    path("desk/contracts/add/", facts.add_contract, name="desk_contract_add"),
    path("desk/facts/<slug:part>/<int:fact_id>/yes/", facts.affirm, name="desk_affirm"),
    path("desk/facts/<slug:part>/<int:fact_id>/no/", facts.deny, name="desk_deny"),
    path("desk/facts/take-back/<int:statement_id>/", facts.take_back, name="desk_take_back"),
    path("desk/shown/", standing.shown, name="desk_shown"),
]
