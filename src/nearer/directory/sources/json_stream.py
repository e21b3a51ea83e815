"""Items of a JSON array of any size, one at a time."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import BinaryIO

import ijson
from django.utils.translation import gettext as _

from nearer.directory.records import Refused
from nearer.directory.sources.faults import NotThisKindOfFile, refused
from nearer.directory.sources.lines import LONGEST, UTF_8_MARK

BUFFER = 1 << 16
#: How deep an item may be nested. Parsing costs memory by the square of it; real entries have five levels.
DEEPEST = 200
SLICE = 1024


class _TooMuch(Exception):
    """An item goes on and on; says in which way."""


class _Bounded:
    """A file that stops when too much of it was read since the last item ended: no item may fill the memory."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._since = self._depth = 0

    def read(self, size: int = -1) -> bytes:
        self._since += max(size, 0)
        if self._since > LONGEST + 2 * BUFFER:
            raise _TooMuch(_("The item has over {longest:,} bytes").format(longest=LONGEST))
        content = self._file.read(size)
        for start in range(0, len(content), SLICE):
            self._look(content[start : start + SLICE])
        return content

    def item_ended(self) -> None:
        self._since = self._depth = 0

    def _look(self, content: bytes) -> None:
        """Count brackets, those in texts too: only far more opened than closed ones are too many."""
        opened, closed = (content.count(one) + content.count(other) for one, other in ((b"[", b"{"), (b"]", b"}")))
        self._depth = max(0, self._depth + opened - closed)
        if self._depth > DEEPEST:
            raise _TooMuch(_("The item is nested more than {deepest} levels deep").format(deepest=DEEPEST))


def items(path: Path, prefix: str = "item") -> Iterator[object]:
    """Yield the items under a prefix, as ijson names it; where the JSON breaks, a refusal, and no more.

    :raises NotThisKindOfFile: the file can't be opened, or does not begin like JSON.
    """
    try:
        with path.open("rb") as file:
            if file.read(len(UTF_8_MARK)) != UTF_8_MARK:
                file.seek(0)
            yield from _items(_Bounded(file), path, prefix)
    except OSError as error:
        raise NotThisKindOfFile(_("{path} can't be read: {why}.").format(path=path, why=error.strerror)) from error


def _items(file: _Bounded, path: Path, prefix: str) -> Iterator[object]:
    count = 0
    try:
        for item in ijson.items(file, prefix, use_float=True, buf_size=BUFFER):
            count += 1
            file.item_ended()
            yield item
    except (ijson.JSONError, UnicodeDecodeError) as error:
        if not count:
            raise NotThisKindOfFile(_("{path} is not JSON.").format(path=path)) from error
        yield _broken(count, _("The file breaks off or is damaged here; nothing after this could be read."), error)
    except _TooMuch as error:
        yield _broken(count, _("{what}; nothing from here on was read.").format(what=error), error)


def _broken(count: int, reason: str, error: Exception) -> Refused:
    return refused(count + 1, reason, str(error))
