"""Addresses of the operator's desk."""

from __future__ import annotations

from django.urls import path

from nearer.portal.views.operator import facts, imports, network, shopping, trail

urls_operator = [
    path("operator/", network.home, name="operator"),
    path("operator/states/<slug:code>/", network.place, name="operator_place"),
    path("operator/gaps/", network.gaps, name="operator_gaps"),
    path("operator/gaps.csv", network.gaps_file, name="operator_gaps_file"),
    path("operator/shopper/", shopping.history, name="operator_shopper"),
    path("operator/shopper/send/", shopping.send, name="operator_shopper_send"),
    path("operator/imports/", imports.imports, name="operator_imports"),
    path("operator/imports/send/", imports.send, name="operator_send_file"),
    path("operator/imports/files/<int:upload_id>/", imports.upload, name="operator_upload"),
    path("operator/imports/<int:run_id>/", imports.report, name="operator_import"),
    path("operator/imports/<int:run_id>/alike/", imports.alike, name="operator_alike"),
    path("operator/imports/rows/<int:row_id>/", imports.row, name="operator_row"),
    path("operator/facts/", facts.facts, name="operator_facts"),
    path("operator/facts/ask/", facts.ask, name="operator_ask"),
    path("operator/facts/waiting/<int:statement_id>/", facts.settle, name="operator_settle"),
    path("operator/therapists/<int:therapist_id>/", facts.therapist, name="operator_therapist"),
    path("operator/therapists/<int:therapist_id>/offered/", facts.remove, name="operator_remove"),
    path("operator/audit/", trail.trail, name="operator_trail"),
]
