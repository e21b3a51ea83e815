"""Log lines that say what happened and never to whom: addresses hold tokens, and rows hold people."""

from __future__ import annotations

import logging
from types import TracebackType

ErrorFacts = tuple[type[BaseException], BaseException, TracebackType | None] | tuple[None, None, None]


class WithoutAddresses(logging.Filter):
    """Takes the path out of the framework's remarks about requests."""

    def filter(self, record: logging.LogRecord) -> bool:
        if isinstance(record.args, tuple):
            record.args = tuple(_shorn(each) for each in record.args)
        return True


class WithoutRows(logging.Formatter):
    """Leaves out what PostgreSQL quotes from a row when a statement fails."""

    def formatException(self, ei: ErrorFacts) -> str:  # noqa: N802 - the library's name for it
        lines = super().formatException(ei).splitlines()
        return "\n".join(line for line in lines if not line.startswith(("DETAIL:", "CONTEXT:")))


def _shorn(value: object) -> object:
    """Return the first part of a path, which says which room was asked and no more."""
    if not isinstance(value, str) or not value.startswith("/"):
        return value
    first = value.split("/")[1].split("?")[0]
    return f"/{first}/…" if "/" in value[1:] else f"/{first}"
