"""The contracts are kept, would notice if they were not, and the drawing of the house is theirs."""

from __future__ import annotations

import subprocess
import sys
import textwrap
from pathlib import Path

import pytest
from tools import rooms

ROOT = Path(__file__).resolve().parents[1]


def lint(folder: Path, config: str) -> subprocess.CompletedProcess[str]:
    """Run the contract linter in a process of its own, as `make check` does."""
    program = "from importlinter.cli import lint_imports_command; lint_imports_command()"
    return subprocess.run(
        [sys.executable, "-c", program, "--config", config, "--no-cache"],
        cwd=folder,
        env={"PYTHONPATH": f"{folder}:{ROOT}:{folder / 'src'}", "PATH": ""},
        capture_output=True,
        text=True,
        check=False,
    )


def test_every_door_between_rooms_opens_the_right_way() -> None:
    result = lint(ROOT, ".importlinter")
    assert result.returncode == 0, result.stdout + result.stderr


@pytest.mark.parametrize(
    ("line", "kept"),
    [("from flat.kitchen.api import cook", True), ("from flat.kitchen.models import Pan", False)],
)
def test_looking_behind_a_rooms_face_is_noticed(tmp_path: Path, line: str, kept: bool) -> None:
    for file, text in {
        "flat/__init__.py": "",
        "flat/kitchen/__init__.py": "",
        "flat/kitchen/api.py": "def cook(): ...",
        "flat/kitchen/models.py": "class Pan: ...",
        "flat/hall/__init__.py": "",
        "flat/hall/views.py": line,
    }.items():
        (tmp_path / file).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / file).write_text(text)
    (tmp_path / "contracts.ini").write_text(
        textwrap.dedent("""\
            [importlinter]
            root_package = flat
            contract_types =
                face: tools.contracts.FaceContract
            [importlinter:contract:faces]
            name = faces
            type = face
            package = flat
            faces =
                api
        """)
    )
    result = lint(tmp_path, "contracts.ini")
    assert (result.returncode == 0) == kept, result.stdout + result.stderr
    assert kept or "flat.hall.views looks behind the face of flat.kitchen.models" in result.stdout


def test_the_map_in_the_docs_is_drawn_from_the_contracts() -> None:
    page = rooms.PAGE.read_text()
    assert rooms.drawn(page) == page, "run python -m tools.rooms"
