from __future__ import annotations

from pathlib import Path

import pytest

from nearer.directory.records import Refused
from nearer.directory.sources import lines as reading
from nearer.directory.sources.faults import NotThisKindOfFile
from nearer.directory.sources.lines import encoding_of, lines
from nearer.directory.sources.table import Row, rows


def _file(folder: Path, content: bytes) -> Path:
    path = folder / "table.csv"
    path.write_bytes(content)
    return path


def _rows(folder: Path, content: bytes) -> list[Row | Refused]:
    return list(rows(_file(folder, content), needs=("a", "b"), kind="a table"))


def _read(found: list[Row | Refused]) -> list[tuple[str, str]]:
    return [(row["a"], row["b"]) for row in found if isinstance(row, Row)]


def _reasons(found: list[Row | Refused]) -> list[tuple[int, str]]:
    return [(row.line, row.reason) for row in found if isinstance(row, Refused)]


def test_a_line_over_a_million_bytes_is_skipped_and_the_next_one_is_read(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reading, "LONGEST", 1000)
    found = _rows(tmp_path, b"a,b\n1,2\n" + b"x" * 250_000 + b"\n3,4\n")
    assert _read(found) == [("1", "2"), ("3", "4")]
    assert _reasons(found) == [(3, "The line has 250,001 bytes; no row is longer than 1,000.")]


def test_a_line_is_read_in_pieces_that_do_not_grow_with_it(tmp_path: Path) -> None:
    import tracemalloc

    path = _file(tmp_path, b"")
    with path.open("wb") as file:
        file.seek(60_000_000)
        file.write(b"\nend\n")
    tracemalloc.start()
    found = list(lines(path))
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()
    assert [line.text for line in found][1:] == ["end"]
    assert found[0].fault is not None
    assert peak < 12_000_000


def test_a_broken_encoding_costs_its_own_line_alone(tmp_path: Path) -> None:
    found = _rows(tmp_path, "a,b\nñ,1\n".encode() + b"\xff\xfe\xfa,2\n3,4\n")
    assert _read(found) == [("ñ", "1"), ("3", "4")]
    assert "UTF-8" in _reasons(found)[0][1]


def test_nul_bytes_cost_their_own_line_alone_and_are_not_kept(tmp_path: Path) -> None:
    found = _rows(tmp_path, b"a,b\n1\x00,2\n3,4\n")
    assert _read(found) == [("3", "4")]
    assert "NUL" in _reasons(found)[0][1]
    assert all("\0" not in row.content for row in found)


def test_a_truncated_last_row_is_said_to_be_cut_off(tmp_path: Path) -> None:
    found = _rows(tmp_path, b"a,b\n1,2\n3")
    assert _read(found) == [("1", "2")]
    assert "cut off" in _reasons(found)[0][1]


def test_a_row_cut_off_within_quotation_marks_is_said_to_be_cut_off(tmp_path: Path) -> None:
    assert "cut off" in _reasons(_rows(tmp_path, b'a,b\n1,"2'))[0][1]


def test_a_last_row_without_a_line_end_is_read(tmp_path: Path) -> None:
    assert _read(_rows(tmp_path, b"a,b\r\n1,2\r\n3,4")) == [("1", "2"), ("3", "4")]


def test_a_quotation_mark_that_never_closes_costs_its_own_row_alone(tmp_path: Path) -> None:
    found = _rows(tmp_path, b'a,b\n"1,2\n3,4\n5,6\n')
    assert _read(found) == [("3", "4"), ("5", "6")]
    assert _reasons(found)[0][0] == 2


def test_a_cell_may_hold_line_breaks(tmp_path: Path) -> None:
    found = _rows(tmp_path, b'a,b\n"one\ntwo",2\n3,4\n')
    assert _read(found) == [("one\ntwo", "2"), ("3", "4")]
    assert [row.line for row in found] == [2, 4]


def test_too_few_and_too_many_cells_are_counted_for_the_reader(tmp_path: Path) -> None:
    found = _rows(tmp_path, b"a,b\n1\n1,2,3\n1,2,,\n")
    assert [line for line, _reason in _reasons(found)] == [2, 3]
    assert _read(found) == [("1", "2")]


@pytest.mark.parametrize("mark", [b";", b"\t", b"|"])
def test_another_delimiter_is_recognized(tmp_path: Path, mark: bytes) -> None:
    assert _read(_rows(tmp_path, mark.join([b"a", b"b\n1", b"2\n"]))) == [("1", "2")]


def test_a_byte_order_mark_is_no_part_of_the_first_column(tmp_path: Path) -> None:
    assert _read(_rows(tmp_path, b"\xef\xbb\xbfa,b\n1,2\n")) == [("1", "2")]


def test_blank_lines_are_passed_over(tmp_path: Path) -> None:
    assert _read(_rows(tmp_path, b"a,b\n\n1,2\n,\n")) == [("1", "2")]


@pytest.mark.parametrize(
    ("content", "says"),
    [
        (b"", "is empty"),
        (b"\x7fELF\x02\x01\x00\x00\x00binary", "NUL"),
        (b"a,c\n1,2\n", "lacks the column b"),
        ("a,b\n".encode("utf-16"), "UTF-16"),
        (b"%PDF-1.7\n%\xe2\xe3\xcf\xd3\n", "lacks the column"),
    ],
)
def test_a_file_that_is_no_such_table_is_refused_whole(tmp_path: Path, content: bytes, says: str) -> None:
    with pytest.raises(NotThisKindOfFile, match=says):
        _rows(tmp_path, content)


def test_a_file_that_is_not_there_is_refused_in_words(tmp_path: Path) -> None:
    with pytest.raises(NotThisKindOfFile, match="No such file"):
        list(lines(tmp_path / "missing.csv"))


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (b"plain\n", "utf-8"),
        ("Muñoz\n".encode(), "utf-8"),
        ("Muñoz\n".encode("cp1252"), "cp1252"),
        ("Muñoz\n".encode() + "Peña\n".encode("cp1252"), "utf-8"),
    ],
)
def test_a_spreadsheets_encoding_is_told_from_its_special_characters(
    tmp_path: Path, content: bytes, encoding: str
) -> None:
    assert encoding_of(_file(tmp_path, content)) == encoding
