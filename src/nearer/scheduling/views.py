"""The one page of this room: a therapist's feed, for calendar programs. No session, no cookie; the secret is enough."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.utils.cache import get_conditional_response
from django.utils.http import http_date
from django.views.decorators.http import require_safe

from nearer.foundation import clock
from nearer.scheduling import api


@require_safe
def feed(request: HttpRequest, secret: str) -> HttpResponse:
    """Send a therapist's appointments, or that they are what the program has already."""
    try:
        file = api.feed_file(secret, now=clock.now())
    except api.FeedUnknown:
        return HttpResponseNotFound(content_type="text/plain")
    headers = {
        "ETag": f'"{file.etag}"',
        "Cache-Control": "private, no-cache",
        "Content-Disposition": 'inline; filename="appointments.ics"',
        "X-Robots-Tag": "noindex",
    }
    response = HttpResponse(file.text, content_type="text/calendar; charset=utf-8", headers=headers)
    changed = int(file.changed_at.timestamp())
    response["Last-Modified"] = http_date(changed)
    answer = get_conditional_response(request, etag=headers["ETag"], last_modified=changed, response=response)
    assert answer is not None
    return answer
