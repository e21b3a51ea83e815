"""The gallery shows everything that pages are made of."""

from __future__ import annotations

import re
from pathlib import Path

from django.test import Client

from nearer.design.gallery import SECTIONS

TEMPLATES = Path(__file__).parents[1] / "templates" / "design"
STYLES = Path(__file__).parents[1] / "static" / "design"
#: Drawn around every page, and so in the gallery as well.
AROUND = {"base", "header", "footer", "gallery"}


def test_every_component_is_in_the_gallery() -> None:
    shown = "".join(path.read_text("utf-8") for path in (TEMPLATES / "gallery").glob("*.html"))
    for component in TEMPLATES.glob("*.html"):
        assert component.stem in AROUND or f"design/{component.name}" in shown, component.stem


def test_every_section_has_its_example_and_every_example_its_section() -> None:
    assert {section.name for section in SECTIONS} == {path.stem for path in (TEMPLATES / "gallery").glob("*.html")}


def test_the_gallery_shows_each_section_with_its_words() -> None:
    page = Client().get("/design/").content.decode()
    for section in SECTIONS:
        assert f'id="{section.name}"' in page
        assert str(section.purpose) in page


def test_no_two_things_on_the_gallery_have_the_same_id() -> None:
    ids = re.findall(r'\bid="([^"]+)"', Client().get("/design/").content.decode())
    assert sorted(set(ids)) == sorted(ids)


def test_colour_is_decided_in_one_place() -> None:
    for sheet in STYLES.glob("*.css"):
        if sheet.name != "tokens.css":
            rules = re.sub(r"/\*.*?\*/", "", sheet.read_text("utf-8"), flags=re.DOTALL)
            assert set(re.findall(r"#[0-9a-f]{3,8}\b", rules)) <= {"#25302b"}, sheet.name


def test_the_error_state_of_a_page_says_so_in_its_title() -> None:
    assert "<title>Error: " in Client().get("/design/?mistakes").content.decode()
