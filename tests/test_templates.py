"""Every template of every room keeps to the content security policy and asks nobody else for anything."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

PACKAGE = Path(__file__).parents[1] / "src" / "nearer"
TEMPLATES = sorted(PACKAGE.rglob("templates/**/*.html"))
SHEETS = sorted(PACKAGE.rglob("static/**/*.css"))
SCRIPTS = [path for path in sorted(PACKAGE.rglob("static/**/*.js")) if "vendor" not in path.parts]


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_has_no_style_and_no_script_of_its_own(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"<style|\sstyle=|\son[a-z]+=", text)
    for script in re.findall(r"<script\b[^>]*>", text):
        assert "src=\"{% static '" in script


@pytest.mark.parametrize("path", TEMPLATES, ids=lambda path: str(path.relative_to(PACKAGE)))
def test_a_template_asks_no_other_host_for_anything(path: Path) -> None:
    assert not re.search(
        r"""(?:src|srcset|action|formaction|poster|data)=["'](?:https?:)?//""", path.read_text("utf-8")
    )
    assert not re.search(r"<link[^>]+https?://", path.read_text("utf-8"))


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_style_sheet_asks_no_other_host_and_stays_readable(path: Path) -> None:
    text = path.read_text("utf-8")
    assert not re.search(r"@import|url\([\"']?(?:https?:)?//", text)
    assert "!important" not in text


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.name)
def test_a_script_is_small_and_makes_no_markup_from_text(path: Path) -> None:
    text = path.read_text("utf-8")
    assert len(text.splitlines()) <= 120
    assert not re.search(r"innerHTML|outerHTML|insertAdjacentHTML|document\.write|\beval\(|new Function", text)
    assert not re.search(r"localStorage|sessionStorage|document\.cookie", text)
