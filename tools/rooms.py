"""Draws the map of rooms in docs/architecture.md from the contracts that are checked.

python -m tools.rooms            rewrite the drawing
python -m tools.rooms --check    fail when the page and the contracts differ
"""

from __future__ import annotations

import sys
from configparser import ConfigParser
from itertools import pairwise
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
PAGE = ROOT / "docs/architecture.md"
BEGIN, END = "<!-- rooms: drawn from .importlinter -->", "<!-- rooms end -->"


def floors(contracts: Path = ROOT / ".importlinter") -> list[list[str]]:
    """Return the rooms that exist, floor by floor from the top, as the map contract names them."""
    parser = ConfigParser()
    parser.read(contracts)
    lines = parser["importlinter:contract:map"]["layers"].split("\n")
    named = [[room.strip(" ()") for room in line.split("|")] for line in lines if line.strip()]
    built = [[room for room in floor if (ROOT / "src/nearer" / room).is_dir()] for floor in named]
    return [floor for floor in built if floor]


def purpose(room: str) -> str:
    """Return the first sentence of a room's README, after its heading."""
    text = (ROOT / "src/nearer" / room / "README.md").read_text().split("\n", 1)[1]
    first = " ".join(text.strip().split("\n\n")[0].split())
    return first.split(". ")[0].rstrip(".") + "."


def drawing() -> str:
    """Return the map: a mermaid picture of the floors and a line for each room."""
    stories = floors()
    picture = ["```mermaid", "flowchart TB"]
    for number, floor in enumerate(stories):
        picture += [f"    subgraph floor{number}[ ]", "        direction LR"]
        picture += [f"        {room}" for room in floor] + ["    end"]
    picture += [f"    floor{upper} --> floor{lower}" for upper, lower in pairwise(range(len(stories)))]
    picture.append("```")
    table = ["| room | what it is for |", "|---|---|"]
    table += [f"| `{room}` | {purpose(room)} |" for floor in stories for room in floor]
    return "\n".join([BEGIN, "", *picture, "", *table, "", END])


def drawn(page: str) -> str:
    """Return the page with a fresh drawing between its markers."""
    before, rest = page.split(BEGIN)
    return before + drawing() + rest.split(END)[1]


def main(arguments: list[str]) -> int:
    page = PAGE.read_text()
    fresh = drawn(page)
    if "--check" in arguments:
        if fresh != page:
            print("docs/architecture.md is out of date: run python -m tools.rooms", file=sys.stderr)
        return int(fresh != page)
    PAGE.write_text(fresh)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
