"""The library's addresses: what is read here, what is edited in `cms`."""

from __future__ import annotations

from django.urls import path

from nearer.library.views import finding, machines, reading

app_name = "library"
urlpatterns = [
    path("library/", reading.front, name="front"),
    path("library/feed.xml", machines.feed, name="feed"),
    path("library/search/", finding.search, name="search"),
    path("library/topics/<slug:code>/", reading.topic, name="topic"),
    path("library/people/<slug:slug>/", reading.person, name="person"),
    path("library/<slug:slug>/", reading.read, name="article"),
    path("library/<slug:slug>/record/", reading.record, name="record"),
    path("sitemap.xml", machines.sitemap, name="sitemap"),
]
