"""Addresses of the operator's desk."""

from __future__ import annotations

from django.urls import path

from nearer.portal.views.operator import network, shopping

urls_operator = [
    path("operator/", network.home, name="operator"),
    path("operator/states/<slug:code>/", network.place, name="operator_place"),
    path("operator/gaps/", network.gaps, name="operator_gaps"),
    path("operator/gaps.csv", network.gaps_file, name="operator_gaps_file"),
    path("operator/shopper/", shopping.history, name="operator_shopper"),
    path("operator/shopper/send/", shopping.send, name="operator_shopper_send"),
]
