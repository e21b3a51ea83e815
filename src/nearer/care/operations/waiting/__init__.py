"""The waiting list: joining it, being offered openings in order, taking one, passing it on, leaving."""

from __future__ import annotations

from nearer.care.operations.waiting.answering import leave, pass_on, take
from nearer.care.operations.waiting.joining import join, join_sooner, prove, send_code
from nearer.care.operations.waiting.offering import end_what_is_over, offer_all

__all__ = ["end_what_is_over", "join", "join_sooner", "leave", "offer_all", "pass_on", "prove", "send_code", "take"]
