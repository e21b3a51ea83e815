"""Lines of a file whose lines may be of any length, in memory that does not grow with them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import BinaryIO

from django.utils.translation import gettext as _

from nearer.directory.sources.faults import NotThisKindOfFile

#: Bytes. The longest real line seen, of the registry's 329 columns, has under 8,000.
LONGEST = 1_000_000
BUFFER = 1 << 20
UTF_8_MARK = b"\xef\xbb\xbf"
UTF_16_MARKS = (b"\xff\xfe", b"\xfe\xff")


@dataclass(frozen=True, slots=True)
class Line:
    """A line without its end. `fault` says why `text` is not to be relied on; not `complete`: the file stops in it."""

    number: int
    text: str
    fault: str | None = None
    complete: bool = True


def lines(path: Path, encoding: str = "utf-8") -> Iterator[Line]:
    """Yield the lines of a text file, numbered from 1.

    A line over a million bytes is skipped without being loaded, and yielded with its fault and its start.

    :raises NotThisKindOfFile: the file can't be read, is empty, or is UTF-16.
    """
    try:
        with path.open("rb", buffering=BUFFER) as file:
            yield from _lines(file, path, encoding)
    except OSError as error:
        raise NotThisKindOfFile(_("{path} can't be read: {why}.").format(path=path, why=error.strerror)) from error


def _lines(file: BinaryIO, path: Path, encoding: str) -> Iterator[Line]:
    start = file.peek(3)[:3] if hasattr(file, "peek") else b""
    if start[:2] in UTF_16_MARKS:
        raise NotThisKindOfFile(_("{path} is UTF-16 text. Save it as “CSV UTF-8”.").format(path=path))
    if start == UTF_8_MARK:
        file.seek(len(UTF_8_MARK))
    number = 0
    while raw := file.readline(LONGEST + 1):
        number += 1
        yield _line(number, raw, encoding) if len(raw) <= LONGEST else _skip(file, number, raw, encoding)
    if not number:
        raise NotThisKindOfFile(_("{path} is empty.").format(path=path))


def _line(number: int, raw: bytes, encoding: str) -> Line:
    complete = raw.endswith(b"\n")
    bare = raw.rstrip(b"\r\n")
    if b"\0" in bare:
        text = bare.decode(encoding, "replace")
        return Line(number, text, _("The line has NUL bytes in it, which no text has."), complete)
    try:
        return Line(number, bare.decode(encoding), None, complete)
    except UnicodeDecodeError as error:
        reason = _("The line is not UTF-8 text: byte {place} can't be read.").format(place=error.start + 1)
        return Line(number, bare.decode(encoding, "replace"), reason, complete)


def _skip(file: BinaryIO, number: int, raw: bytes, encoding: str) -> Line:
    size, last = len(raw), raw
    while not last.endswith(b"\n") and (last := file.readline(LONGEST)):
        size += len(last)
    reason = _("The line has {size:,} bytes; no row is longer than {longest:,}.").format(size=size, longest=LONGEST)
    return Line(number, raw[:1000].decode(encoding, "replace"), reason)


def encoding_of(path: Path) -> str:
    """Return how a spreadsheet's text is encoded: UTF-8, or Windows-1252 if none of its special characters is UTF-8.

    A file with both is UTF-8 with broken lines in it.
    """
    foreign = False
    for line in lines(path):
        if line.fault is None and not line.text.isascii():
            return "utf-8"
        foreign = foreign or "�" in line.text
    return "cp1252" if foreign else "utf-8"
