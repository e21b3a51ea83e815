"""What visitors read: signed texts alone, whole, with what they rest on and who stands behind them."""

from __future__ import annotations

import re
from datetime import timedelta

import pytest
from django.test import Client
from pytest_django import DjangoAssertNumQueries, Settings

from nearer.design.tests.weight import weight
from nearer.foundation import clock
from nearer.library.models import Article, Claim, Contribution, Edition, SignOff
from nearer.library.operations.publishing import withdraw
from nearer.library.tests.test_ledger import run, unguarded
from nearer.library.tests.texts import NOW, TODAY, a_person, a_reviewer, an_article, published, rewritten

pytestmark = pytest.mark.django_db
ADDRESS = "/library/small-steps/"
#: What a page of the library may weigh, everything it asks for included, compressed.
ALLOWED = 80_000


@pytest.fixture(autouse=True)
def _today(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "now", lambda: NOW)


def page(address: str = ADDRESS, status: int = 200) -> str:
    response = Client().get(address)
    assert response.status_code == status
    assert not response.cookies
    return response.content.decode()


def test_a_draft_is_not_there() -> None:
    an_article()
    for address in (ADDRESS, f"{ADDRESS}record/", "/library/people/ana-author/"):
        page(address, status=404)
    assert "Small steps" not in page("/library/")
    assert "small-steps" not in page("/sitemap.xml")
    assert "small-steps" not in page("/library/feed.xml")


def test_a_signed_article_can_be_read() -> None:
    published(an_article())
    text = page()
    assert text.count("<h1") == 1
    assert "Small steps" in text
    assert "One step, then another." in text
    assert "Go slowly." in text


def test_a_forged_signature_shows_nothing_anywhere() -> None:
    published(an_article())
    with unguarded():
        run("UPDATE library_signoff SET signature = reverse(signature)")
    page(status=404)
    for address in ("/library/", "/library/feed.xml", "/sitemap.xml"):
        assert "small-steps" not in page(address)


def test_a_signature_taken_back_takes_the_page_away_and_leaves_the_record() -> None:
    published(an_article())
    withdraw(sign_off_id=SignOff.objects.get().pk, by=a_reviewer(), reason="A study was retracted.", now=NOW)
    page(status=404)
    record = page(f"{ADDRESS}record/")
    assert "A study was retracted." in record
    assert "can’t be read at present" in record


def test_headings_are_an_index() -> None:
    published(an_article())
    text = page()
    assert '<a href="#why-small">Why small</a>' in text
    assert '<h2 id="why-small">Why small</h2>' in text


def test_a_claim_leads_to_its_source_with_date_and_strength_and_back() -> None:
    published(an_article())
    text = page()
    assert '<sup id="mark-c1"><a href="#claim-c1" aria-label="Note 1">1</a></sup>' in text
    note = text[text.index('id="claim-c1"') :]
    assert 'href="#mark-c1"' in note
    assert "Limited evidence" in note
    assert 'href="https://doi.org/10.1037/0022-006X.66.1.174" rel="external noopener noreferrer"' in note
    assert "Nov. 23, 2026" in note


def test_a_claim_marked_twice_has_one_way_back() -> None:
    published(an_article(text="<p>One.[^c1] Two.[^c1]</p>"))
    assert page().count('id="mark-c1"') == 1


def test_links_lead_only_to_what_can_be_read() -> None:
    other = published(an_article("next-steps"))
    draft = an_article("never-signed")
    links = "".join(f'<a linktype="page" id="{each.pk}">{each.slug}</a> ' for each in (other, draft))
    published(an_article(text=f"<p>Read {links}[^c1]</p>"))
    text = page()
    assert '<a href="/library/next-steps/">next-steps</a>' in text
    assert "never-signed" in text
    assert "/library/never-signed/" not in text
    assert "article:" not in text


def test_boxes_say_what_they_are_and_safety_leads_to_help() -> None:
    body = [
        {"type": "heading", "value": "Why small"},
        {"type": "prose", "value": "<p>So.[^c1]</p>"},
        *({"type": "callout", "value": {"kind": kind, "text": "<p>Mind.</p>"}} for kind in ("safety", "try-this")),
    ]
    published(an_article(body=body))
    text = page()
    assert 'class="box box-safety" aria-label="Safety"' in text
    assert 'class="box box-try-this" aria-label="Try this"' in text
    box = text[text.index("box-safety") : text.index("box-try-this")]
    assert 'href="/help-now/"' in box


def test_people_stand_there_with_licence_conflicts_and_what_they_gave() -> None:
    people = [
        Contribution(person=a_person(conflicts="Wrote a book on it"), part="author"),
        Contribution(person=a_person("ida-insight"), part="contributor", contribution="Examples from practice"),
    ]
    published(an_article(contributions=people))
    text = page()
    for words in ("Ana Author", "Wrote a book on it", "Examples from practice", "Rosa Reviewer", "Psychologist"):
        assert words in text
    assert "checked on Nov. 23, 2026" in text
    assert 'href="/library/people/rosa-reviewer/"' in text
    assert "Small steps" in page("/library/people/rosa-reviewer/")


def test_dates_reading_time_and_grade_are_told() -> None:
    published(an_article())
    text = page()
    for words in ("Written on", "Last reviewed", "Next review by", "1 minute to read", "Reading grade"):
        assert words in text


@pytest.mark.parametrize(
    ("step", "address"),
    [("check-in", "/check-in/"), ("skill", "/practice/"), ("support", "/support/"), ("find-therapist", "/")],
)
def test_there_is_one_next_step(step: str, address: str) -> None:
    published(an_article(next_step=step))
    assert re.findall(r'class="button" href="([^"]+)"', page()) == [address]


def test_a_picture_is_drawn_into_the_page_with_words_for_it() -> None:
    published(an_article(picture="two-doors", picture_alt='A "door" ajar'))
    assert 'role="img" aria-label="A &quot;door&quot; ajar"' in page()


def test_an_unknown_picture_is_no_picture() -> None:
    published(an_article(picture="nowhere"))
    assert "article-picture" not in page()


def test_an_article_says_when_its_review_is_due(monkeypatch: pytest.MonkeyPatch) -> None:
    published(an_article())
    assert "due for review" not in page()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=365))
    assert "This article is due for review." in page()
    monkeypatch.setattr(clock, "now", lambda: NOW + timedelta(days=425))
    page(status=404)


def test_a_change_is_not_shown_before_it_is_signed_and_the_record_says_that_there_is_one() -> None:
    article = published(an_article())
    assert "<dt>Changed since</dt><dd>No</dd>" in re.sub(r">\s+<", "><", page(f"{ADDRESS}record/"))
    rewritten(article, "<p>Secret plans.[^c1]</p>")
    assert "Secret plans" not in page()
    record = page(f"{ADDRESS}record/")
    assert "Once. Readers see the change only once it is signed." in record
    assert "Secret plans" not in record


def test_the_record_tells_every_step_newest_first() -> None:
    published(an_article())
    record = page(f"{ADDRESS}record/")
    steps = re.findall(r'<h3 class="title-small">([^<]+)</h3>', record)
    assert steps == ["Published", "Reviewed and signed", "Evidence checked", "Written"]
    assert "Rosa Reviewer, PhD, licensed psychologist" in record


def test_where_a_made_up_reviewer_signed_the_page_says_so(settings: Settings) -> None:
    settings.NEARER_DEMO = True
    a_reviewer(is_demonstration=True, name="Nobody")
    published(an_article())
    for address in (ADDRESS, f"{ADDRESS}record/"):
        assert "Signed for a demonstration only." in page(address)
    assert "A clinician read" not in page()
    assert "Made up for a demonstration." in page("/library/people/rosa-reviewer/")
    assert "No clinician has read these texts." in page("/library/")
    settings.NEARER_DEMO = False
    page(status=404)


def test_the_front_begins_where_one_should_start() -> None:
    for slug, series, place in (("one", "skills", 1), ("two", "start-here", 2), ("three", "start-here", 1)):
        published(an_article(slug, title=slug, series=series, series_position=place))
    published(an_article("four", title="four", topics=["roots"]))
    text = page("/library/")
    assert re.findall(r'<h3><a href="/library/(\w+)/"', text) == ["three", "two", "one", "four"]
    assert '/library/topics/roots/"' in text
    assert "/library/topics/journal/" not in text
    assert "four" in page("/library/topics/roots/")
    page("/library/topics/journal/", status=404)


def test_an_empty_shelf_says_why() -> None:
    assert "Nothing is shown before a clinician has signed it." in page("/library/")


def test_each_language_has_its_own_shelf() -> None:
    published(an_article())
    page(f"/es{ADDRESS}", status=404)
    published(an_article(language="es", title="Pasos cortos"))
    assert "Pasos cortos" in page(f"/es{ADDRESS}")
    assert "Pasos cortos" not in page("/library/")


def test_an_article_takes_four_queries_at_most(django_assert_max_num_queries: DjangoAssertNumQueries) -> None:
    other = published(an_article("next-steps"))
    link = f'<p><a linktype="page" id="{other.pk}">on</a>[^c1]</p>'
    published(an_article(text=link, related=["next-steps"], touches=["trauma"]))
    with django_assert_max_num_queries(4):
        page()


def test_a_long_article_weighs_little() -> None:
    claims = [Claim(key=f"c{n}", text="It helps. " * 9, sources=["smyth-1998"], sort_order=n) for n in range(1, 13)]
    text = "".join(f"<p>{'Closeness grows in small steps, one by one. ' * 30}[^c{n}]</p>" for n in range(1, 13))
    published(an_article(text=text, claims=claims, picture="map-of-feelings", picture_alt="A map"))
    assert sum(weight(page()).values()) <= ALLOWED


def test_what_is_shown_is_the_edition_that_was_signed_not_the_row() -> None:
    article = published(an_article())
    with unguarded():
        run("UPDATE library_article SET standfirst = 'Buy this.'")
    assert Article.objects.get(pk=article.pk).standfirst == "Buy this."
    assert "Buy this." not in page()
    assert Edition.objects.count() == 1
    assert TODAY.isoformat() in page("/sitemap.xml")
