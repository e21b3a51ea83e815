"""What machines are told: nothing that a valid signature does not say, in every language that there is."""

from __future__ import annotations

import json
import re
from typing import Any
from xml.etree import ElementTree as ET

import pytest
from django.test import Client
from pytest_django import Settings

from nearer.foundation import clock
from nearer.library.pages.prose import Writer
from nearer.library.tests.texts import NOW, a_reviewer, a_source, an_article, published

pytestmark = pytest.mark.django_db
ADDRESS = "/library/small-steps/"
HERE = "http://testserver"
ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
LINK = "{http://www.w3.org/1999/xhtml}link"


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def text(address: str = ADDRESS) -> str:
    return Client().get(address).content.decode()


def told(address: str = ADDRESS) -> dict[str, Any]:
    blocks = re.findall(r'<script type="application/ld\+json">(.*?)</script>', text(address), re.DOTALL)
    assert len(blocks) == 1
    data: dict[str, Any] = json.loads(blocks[0])
    return data


def test_the_data_say_who_reviewed_it_when_and_what_it_rests_on() -> None:
    published(an_article(touches=["trauma"]))
    data = told()
    assert data["@type"] == "MedicalWebPage"
    assert data["lastReviewed"] == "2026-11-23"
    assert [each["name"] for each in data["reviewedBy"]] == ["Rosa Reviewer", "Sam Second"]
    assert data["reviewedBy"][0]["url"] == f"{HERE}/library/people/rosa-reviewer/"
    assert data["url"] == HERE + ADDRESS
    assert data["citation"][0]["url"] == "https://doi.org/10.1037/0022-006X.66.1.174"
    assert data["author"][0]["name"] == "Ana Author"


def test_a_signature_for_a_demonstration_is_no_review(settings: Settings) -> None:
    settings.NEARER_DEMO = True
    a_reviewer(is_demonstration=True)
    published(an_article())
    assert not {"reviewedBy", "lastReviewed"} & set(told())


def test_words_that_would_end_the_block_do_not() -> None:
    a_source("odd", title="</script><script>alert(1)</script>")
    published(an_article(standfirst="</script><b>&"))
    assert told()["description"] == "</script><b>&"
    assert "</script><b>" not in text()


def test_a_page_has_one_address_and_names_its_languages() -> None:
    published(an_article())
    assert f'<link rel="canonical" href="{HERE}{ADDRESS}">' in text(f"{ADDRESS}?from=mail")
    assert 'hreflang="es" href="http' not in text()
    published(an_article(language="es"))
    for address in (ADDRESS, f"/es{ADDRESS}"):
        page = text(address)
        assert f'<link rel="canonical" href="{HERE}{address}">' in page
        for code, there in (("en", ADDRESS), ("es", f"/es{ADDRESS}"), ("x-default", ADDRESS)):
            assert f'<link rel="alternate" hreflang="{code}" href="{HERE}{there}">' in page


def test_the_feed_is_atom_with_the_newest_review_first() -> None:
    published(an_article(title="One & <two>"))
    assert 'type="application/atom+xml" href="/library/feed.xml"' in text("/library/")
    response = Client().get("/library/feed.xml")
    assert response["Content-Type"].startswith("application/atom+xml")
    feed = ET.fromstring(response.content)
    entries = feed.findall(f"{ATOM}entry")
    assert [entry.findtext(f"{ATOM}title") for entry in entries] == ["One & <two>"]
    assert entries[0].findtext(f"{ATOM}id") == HERE + ADDRESS
    assert (entries[0].findtext(f"{ATOM}updated") or "").startswith("2026-11-23")


def test_the_spanish_feed_is_in_spanish() -> None:
    published(an_article())
    feed = ET.fromstring(Client().get("/es/library/feed.xml").content)
    assert feed.attrib["{http://www.w3.org/XML/1998/namespace}lang"] == "es"
    assert not feed.findall(f"{ATOM}entry")


def test_the_sitemap_names_each_page_in_each_of_its_languages() -> None:
    published(an_article())
    published(an_article(language="es"))
    published(an_article("alone"))
    pages = {url.findtext(f"{MAP}loc"): url for url in ET.fromstring(Client().get("/sitemap.xml").content)}
    for address in (
        "/",
        "/es/",
        "/library/",
        "/es/library/",
        "/help-now/",
        ADDRESS,
        f"/es{ADDRESS}",
        "/library/alone/",
    ):
        assert HERE + address in pages
    assert f"{HERE}/es/library/alone/" not in pages
    found = {link.attrib["hreflang"]: link.attrib["href"] for link in pages[HERE + ADDRESS].iter(LINK)}
    assert found == {"en": HERE + ADDRESS, "es": f"{HERE}/es{ADDRESS}", "x-default": HERE + ADDRESS}
    assert pages[HERE + ADDRESS].findtext(f"{MAP}lastmod") == "2026-11-23"


def test_the_sitemap_is_the_same_whatever_language_it_is_asked_in() -> None:
    published(an_article())
    assert Client().get("/sitemap.xml").content == Client().get("/es/sitemap.xml").content


def test_links_out_open_safely() -> None:
    written = Writer(())('<p><a href="https://example.org/a">a</a> <a href="tel:988">988</a></p>')
    assert '<a href="https://example.org/a" rel="external noopener noreferrer">a</a>' in written
    assert '<a href="tel:988">988</a>' in written
