"""Whatever stands in a file, it is refused whole, or read with what is wrong put aside: nothing else happens."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterator
from contextlib import suppress
from copy import deepcopy
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from nearer.directory.sources import read_source
from nearer.directory.sources.faults import NotThisKindOfFile

DATA = Path(__file__).parent / "data"
FILES = {
    "nppes": ("nppes.csv", "nppes.csv"),
    "plan-net": ("plan_net", "plan_net/bundle.json"),
    "qhp": ("qhp", "qhp/providers.json"),
    "roster": ("roster.csv", "roster.csv"),
}
PIECES = (
    b"",
    b"\0",
    b"\xff\xfe",
    b'"',
    b",",
    b"\n",
    b"\r",
    b"\\ud800",
    b"null",
    b"[",
    b"}",
    b"1e999",
    b"-1",
    b"\xc3(",
    b"{}",
)

damages = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 40), st.sampled_from(PIECES) | st.binary(max_size=20)),
    min_size=1,
    max_size=8,
)


def _damaged(content: bytes, damage: list[tuple[float, int, bytes]]) -> bytes:
    """Return the content with some of its bytes replaced by others."""
    for place, length, piece in damage:
        start = int(place * len(content))
        content = content[:start] + piece + content[start + length :]
    return content


def _read(source: str, damage: list[tuple[float, int, bytes]]) -> None:
    root, file = FILES[source]
    with TemporaryDirectory() as folder:
        copy = shutil.copytree(DATA, Path(folder) / "data")
        (copy / file).write_bytes(_damaged((copy / file).read_bytes(), damage))
        with suppress(NotThisKindOfFile):
            for batch in read_source(source, copy / root, today=date(2026, 11, 23)):
                assert all(refusal.reason and "\0" not in refusal.content for refusal in batch.refused)


@pytest.mark.parametrize("source", FILES)
@settings(max_examples=60, deadline=None)
@given(damage=damages)
def test_no_damage_stops_a_reader(source: str, damage: list[tuple[float, int, bytes]]) -> None:
    _read(source, damage)


ODD: tuple[Any, ...] = (
    None,
    "",
    " ",
    "x",
    "\ud800",
    "\0",
    0,
    -1,
    10**30,
    1.5,
    True,
    [],
    [None],
    ["x"],
    [[]],
    {},
    {"x": None},
    [{}],
)


def _places(value: Any) -> Iterator[tuple[Any, Any]]:
    """Yield every (container, key) in a JSON value."""
    keys = list(value) if isinstance(value, dict) else range(len(value)) if isinstance(value, list) else ()
    for key in keys:
        yield value, key
        yield from _places(value[key])


@pytest.mark.parametrize("source", ["plan-net", "qhp"])
@settings(max_examples=80, deadline=None)
@given(changes=st.lists(st.tuples(st.floats(0, 1, exclude_max=True), st.sampled_from(ODD)), min_size=1, max_size=6))
def test_no_oddly_shaped_value_stops_a_reader(source: str, changes: list[tuple[float, object]]) -> None:
    root, file = FILES[source]
    told = json.loads((DATA / file).read_text())
    for place, value in changes:
        places = list(_places(told))
        container, key = places[int(place * len(places))]
        container[key] = deepcopy(value)
    with TemporaryDirectory() as folder:
        copy = shutil.copytree(DATA, Path(folder) / "data")
        (copy / file).write_text(json.dumps(told))
        with suppress(NotThisKindOfFile):
            list(read_source(source, copy / root, today=date(2026, 11, 23)))


@pytest.mark.parametrize("source", FILES)
@settings(max_examples=25, deadline=None)
@given(length=st.floats(0, 1))
def test_a_file_cut_off_anywhere_is_read_to_there_or_refused(source: str, length: float) -> None:
    _read(source, [(length, 10_000_000, b"")])


@pytest.mark.parametrize("source", FILES)
@settings(max_examples=25, deadline=None)
@given(content=st.binary(max_size=300))
def test_a_file_of_anything_is_refused(source: str, content: bytes) -> None:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "anything.json"
        path.write_bytes(content)
        with pytest.raises(NotThisKindOfFile):
            list(read_source(source, path, today=date(2026, 11, 23)))


@pytest.mark.parametrize("source", ["plan-net", "qhp"])
@pytest.mark.parametrize("depth", [150, 2000, 100_000])
def test_what_is_nested_without_end_is_put_aside_or_refused(tmp_path: Path, source: str, depth: int) -> None:
    root, file = FILES[source]
    copy = shutil.copytree(DATA, tmp_path / "data")
    told = json.loads((copy / file).read_text())
    entries = told if isinstance(told, list) else told["entry"]
    entries.append({**entries[0], "deep": "DEEP"})
    (copy / file).write_text(json.dumps(told).replace('"DEEP"', "[" * depth + "]" * depth))
    with suppress(NotThisKindOfFile):
        list(read_source(source, copy / root, today=date(2026, 11, 23)))
