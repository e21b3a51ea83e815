"""What Wagtail calls when a text has passed every review; imported while Wagtail is, so it imports late itself."""

from __future__ import annotations

from typing import Any


def publish_when_signed(workflow_state: Any, user: Any = None) -> None:  # noqa: ARG001 - Wagtail's shape
    """Publish the text that a workflow has brought through every review.

    :raises NotSigned: the text is another than the one that was signed.
    """
    from nearer.foundation import clock
    from nearer.library.operations.publishing import publish_reviewed

    publish_reviewed(article=workflow_state.content_object.specific, now=clock.now())
