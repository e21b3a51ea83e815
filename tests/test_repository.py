"""The repository keeps its own rules: sizes, places, pins, and pages that tell what the code does."""

from __future__ import annotations

import ast
import re
import subprocess
from collections.abc import Iterator
from functools import cache
from pathlib import Path
from statistics import median

import pytest
from django.core.management import call_command

from nearer.config.cli import WORDS

ROOT = Path(__file__).resolve().parents[1]
PACKAGE = ROOT / "src/nearer"
ROOMS = sorted(path.name for path in PACKAGE.iterdir() if (path / "__init__.py").exists())

# What stands in a room, from the house plan. A file that outgrew its length became a folder of its own name.
ANATOMY = {
    *(
        "urls",
        "views",
        "admin",
        "tasks",
        "forms",
        "pages",
        "api",
        "operations",
        "queries",
        "policies",
        "models",
        "rules",
    ),
    *("management", "migrations", "templates", "templatetags", "static", "tests", "data"),
    *("records", "vocabulary", "projection", "engine", "sources", "calendars", "doors"),
    *("apps", "wagtail_hooks", "shelf"),  # what Wagtail looks for, and the articles that come with Nearer
    *("__init__", "README"),
}
FREE = {"config", "foundation", "design"}
FORBIDDEN_NAMES = {"core", "common", "utils", "util", "helpers", "helper", "services", "misc"}

LONGEST_FILE, MEDIAN_FILE = 500, 80
LONGEST_FUNCTION, MEDIAN_FUNCTION = 60, 8
LONGEST_VIEW = 25
LONGEST_README = 40


@cache
def tracked() -> list[Path]:
    """Return the files under version control, or all there are where there is none."""
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    names = listed.stdout.split("\0") if listed.returncode == 0 else []
    files = [ROOT / name for name in names if name]
    return [path for path in files or list(PACKAGE.rglob("*")) if path.is_file()]


def code() -> list[Path]:
    """Return our own Python, without migrations, which are written once and never read as prose."""
    return [path for path in tracked() if path.suffix == ".py" and "migrations" not in path.parts]


def product() -> list[Path]:
    return [path for path in code() if path.is_relative_to(PACKAGE) and "tests" not in path.parts]


def functions(paths: list[Path]) -> Iterator[tuple[str, int]]:
    """Yield each function's name and its lines, docstring and decorators left out."""
    for path in paths:
        for node in ast.walk(ast.parse(path.read_text())):
            if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
                body = node.body[1:] if ast.get_docstring(node) and len(node.body) > 1 else node.body
                yield f"{path.relative_to(ROOT)}:{node.name}", (body[-1].end_lineno or 0) - body[0].lineno + 2


def lines(path: Path) -> int:
    return len(path.read_text().splitlines())


def texts() -> Iterator[tuple[Path, str]]:
    for path in tracked():
        try:
            yield path, path.read_text()
        except UnicodeDecodeError:
            continue


def test_no_file_outgrows_its_length() -> None:
    assert not {str(path.relative_to(ROOT)): lines(path) for path in code() if lines(path) > LONGEST_FILE}


def test_files_are_short_as_a_rule() -> None:
    assert median(lines(path) for path in product() if path.name != "__init__.py") <= MEDIAN_FILE


def test_no_function_outgrows_its_length() -> None:
    assert not {name: length for name, length in functions(code()) if length > LONGEST_FUNCTION}


def test_functions_are_short_as_a_rule() -> None:
    assert median(length for _, length in functions(product())) <= MEDIAN_FUNCTION


def test_views_parse_ask_once_and_answer() -> None:
    views = [path for path in product() if path.stem == "views" or path.parent.name == "views"]
    assert views
    assert not {name: length for name, length in functions(views) if length > LONGEST_VIEW}


@pytest.mark.parametrize("room", ROOMS)
def test_a_room_says_what_it_is_for(room: str) -> None:
    readme = PACKAGE / room / "README.md"
    assert readme.exists(), f"{room} has no README.md"
    assert lines(readme) <= LONGEST_README


@pytest.mark.parametrize("room", sorted(set(ROOMS) - FREE))
def test_a_room_has_the_same_inside_as_every_other(room: str) -> None:
    inside = {path.stem for path in (PACKAGE / room).iterdir() if not path.name.startswith((".", "__pycache__"))}
    assert inside <= ANATOMY


def test_nothing_is_called_by_a_name_that_says_nothing() -> None:
    assert not [path for path in code() if FORBIDDEN_NAMES & set(path.with_suffix("").parts[len(ROOT.parts) :])]


def test_every_requirement_is_pinned_and_hashed() -> None:
    for path in (ROOT / "requirements").glob("*.txt"):
        entries = re.split(r"\n(?=\S)", path.read_text())
        pins = [entry for entry in entries if not entry.startswith("#")]
        assert pins
        assert not [entry.split()[0] for entry in pins if "==" not in entry or "--hash=sha256:" not in entry]


def test_no_file_names_a_registry_or_this_machine() -> None:
    hosts = ["pypi" + ".org", "pythonhosted" + ".org", "npmjs" + ".org", "unpkg" + ".com", "jsdelivr" + ".net"]
    places = ["/" + "root/", "/" + "work/", "/home/" + "tester", "/" + "opt/pypi"]
    found = [
        (str(path.relative_to(ROOT)), word) for path, text in texts() for word in (*hosts, *places) if word in text
    ]
    assert not found


@pytest.mark.django_db
def test_every_change_of_a_model_has_its_migration() -> None:
    call_command("makemigrations", check=True, dry_run=True, verbosity=0)


def test_the_operators_page_names_every_word_of_the_command() -> None:
    page = (ROOT / "docs/operating.md").read_text()
    assert not [word for word in WORDS if f"`nearer {word}" not in page]


def test_the_operators_page_names_every_setting() -> None:
    asked = re.compile(r"""(?:env\.(?:flag|text|number|listing)\(\s*|environ(?:\.get\(|\[)\s*)["']([A-Z_]+)["']""")
    private = {"DJANGO_SETTINGS_MODULE", "XDG_RUNTIME_DIR", "CI"}
    settings = {name for path in product() for name in asked.findall(path.read_text())} - private
    page = (ROOT / "docs/operating.md").read_text()
    assert "NEARER_HOME" in settings
    assert not sorted(name for name in settings if f"`{name}`" not in page)


def test_continuous_integration_runs_what_people_run() -> None:
    assert "make test" in (ROOT / ".ci/run").read_text()
