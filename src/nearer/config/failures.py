"""Failures that were foreseen: one sentence with the way out, and an exit code that means something."""

from __future__ import annotations

from enum import IntEnum


class Exit(IntEnum):
    """What the `nearer` command's exit codes mean."""

    DONE = 0
    NOT_WELL = 1
    USAGE = 2
    DATABASE = 3
    PORT_TAKEN = 4
    DISK_FULL = 5
    SETTING = 6
    BROKEN = 70
    INTERRUPTED = 130


class Failure(Exception):
    """Something an operator can put right; the sentence says how."""

    def __init__(self, sentence: str, code: int = Exit.NOT_WELL) -> None:
        super().__init__(sentence)
        self.code = code
