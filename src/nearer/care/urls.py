"""Addresses of care."""

from __future__ import annotations

from django.urls import path

from nearer.care.views import (
    booking,
    changing,
    couples,
    finding,
    holding,
    partner,
    registering,
    reminding,
    sooner,
    waiting,
)

app_name = "care"
urlpatterns = [
    path("find/", finding.find, name="find"),
    path("find/<str:token>/start/", finding.start, name="start"),
    path("find/<str:token>/ask/", finding.ask, name="ask"),
    path("find/<str:token>/", finding.answer, name="answer"),
    path("find/<str:token>/zone/", finding.zone, name="zone"),
    path("find/<str:token>/all/<slug:service>/<int:page>/", finding.everyone, name="everyone"),
    path("find/<str:token>/therapists/<slug:npi>/", finding.therapist, name="therapist"),
    path("find/<str:token>/hold/", holding.hold, name="hold"),
    path("booking/<str:token>/", booking.show, name="booking"),
    path("booking/<str:token>/together/", couples.together, name="together"),
    path("booking/<str:token>/alone/", couples.alone, name="alone"),
    path("booking/<str:token>/ask/", couples.ask, name="ask_partner"),
    path("booking/<str:token>/accept/", couples.accept, name="accept"),
    path("booking/<str:token>/times/", couples.times, name="times"),
    path("booking/<str:token>/leave/", couples.leave, name="leave"),
    path("partner/<str:token>/", partner.partner, name="partner"),
    path("partner/<str:token>/no/", partner.decline, name="decline"),
    path("partner/<str:token>/<str:search>/", partner.needs, name="needs"),
    path("partner/<str:token>/<str:search>/you/", partner.join, name="join"),
    path("booking/<str:token>/details/", registering.details, name="details"),
    path("booking/<str:token>/code/", registering.code, name="code"),
    path("booking/<str:token>/code/again/", registering.code_again, name="code_again"),
    path("booking/<str:token>/confirm/", registering.confirm, name="confirm"),
    path("booking/<str:token>/release/", changing.release, name="release"),
    path("booking/<str:token>/again/", changing.again, name="again"),
    path("booking/<str:token>/cancel/", changing.cancel, name="cancel"),
    path("booking/<str:token>/move/", changing.move, name="move"),
    path("booking/<str:token>/reminders/", reminding.choose, name="reminders"),
    path("booking/<str:token>/sooner/", sooner.sooner, name="sooner"),
    path("find/<str:token>/wait/<slug:service>/", waiting.join, name="wait"),
    path("waiting/<str:token>/", waiting.show, name="waiting"),
    path("waiting/<str:token>/code/", waiting.code, name="waiting_code"),
    path("waiting/<str:token>/code/again/", waiting.code_again, name="waiting_code_again"),
    path("waiting/<str:token>/take/", waiting.take, name="waiting_take"),
    path("waiting/<str:token>/pass/", waiting.pass_on, name="waiting_pass"),
    path("waiting/<str:token>/leave/", waiting.leave, name="waiting_leave"),
    path("reminders/<str:token>/stop/", reminding.stop, name="reminders_stop"),
    path("reminders/<str:token>/again/", reminding.resume, name="reminders_again"),
    path("booking/<str:token>/appointment.ics", changing.calendar, name="calendar"),
]
