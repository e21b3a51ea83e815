"""Reading an article of the shelf: TOML between two lines of +++, then a small Markdown."""

from __future__ import annotations

import html
import re
import tomllib
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

_LINK = re.compile(r"\[([^\]^][^\]]*)\]\(([^)\s]+)\)")
_BOLD = re.compile(r"\*\*(.+?)\*\*")
_ITALIC = re.compile(r"\*(.+?)\*")
_ITEM = re.compile(r"^(?:- |\d+\. )(.*)$")


class NotAnArticle(Exception):
    """This file is no article of the shelf."""


@dataclass(frozen=True, slots=True)
class Written:
    """One article as its file says it: the front matter, and the body by blocks (`type`, `value`)."""

    front: dict[str, Any]
    blocks: tuple[tuple[str, Any], ...]


def read(text: str, link: Callable[[str], str]) -> Written:
    """Read a file.

    :param link: gives the opening tag of a link to an address.
    :raises NotAnArticle: it has no front matter, or one that can't be read.
    """
    parts = re.split(r"^\+\+\+\s*$", text, maxsplit=2, flags=re.MULTILINE)
    if len(parts) != 3 or parts[0].strip():  # noqa: PLR2004 - before, front matter, body
        raise NotAnArticle("it does not begin with front matter between two lines of +++")
    try:
        front = tomllib.loads(parts[1])
    except tomllib.TOMLDecodeError as error:
        raise NotAnArticle(f"its front matter can’t be read: {error}") from error
    return Written(front, tuple(_blocks(parts[2].strip().splitlines(), link)))


def _blocks(lines: list[str], link: Callable[[str], str]) -> Iterator[tuple[str, Any]]:
    prose: list[str] = []
    box: tuple[str, list[str]] | None = None
    for line in [*lines, "## "]:
        if line.startswith("::: "):
            yield from _prose(prose, link)
            prose, box = [], (line[4:].strip(), [])
        elif line.strip() == ":::" and box is not None:
            yield "callout", {"kind": box[0], "text": _html(box[1], link)}
            box = None
        elif box is not None:
            box[1].append(line)
        elif line.startswith("## "):
            yield from _prose(prose, link)
            prose = []
            if line[3:].strip():
                yield "heading", line[3:].strip()
        else:
            prose.append(line)


def _prose(lines: list[str], link: Callable[[str], str]) -> Iterator[tuple[str, Any]]:
    text = _html(lines, link)
    if text:
        yield "prose", text


def _html(lines: list[str], link: Callable[[str], str]) -> str:
    paragraphs = re.split(r"\n\s*\n", "\n".join(lines).strip())
    return "".join(_paragraph(paragraph.splitlines(), link) for paragraph in paragraphs if paragraph.strip())


def _paragraph(lines: list[str], link: Callable[[str], str]) -> str:
    items = [_ITEM.match(line) for line in lines]
    if items and items[0]:
        tag = "ul" if lines[0].startswith("- ") else "ol"
        return f"<{tag}>{''.join(f'<li>{_inline(text, link)}</li>' for text in _items(lines))}</{tag}>"
    return f"<p>{_inline(' '.join(lines), link)}</p>"


def _items(lines: list[str]) -> list[str]:
    """Return the items of a list; a line that begins none goes on with the one before."""
    items: list[str] = []
    for line in lines:
        item = _ITEM.match(line)
        if item:
            items.append(item[1])
        else:
            items[-1] += f" {line.strip()}"
    return items


def _inline(text: str, link: Callable[[str], str]) -> str:
    text = html.escape(text, quote=False)
    text = _LINK.sub(lambda found: f"{link(found[2])}{found[1]}</a>", text)
    return _ITALIC.sub(r"<i>\1</i>", _BOLD.sub(r"<b>\1</b>", text))
