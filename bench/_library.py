"""Libraries for benchmarks: the articles that come with Nearer, signed, and thousands more made of their sentences."""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max
from wagtail.models import Page

from nearer.foundation import clock, signing
from nearer.library import api
from nearer.library.models import Article, Contributor, Edition, Shelf, SignOff
from nearer.library.operations.indexing import index
from nearer.library.rules.canonical import canonical, hash_of
from nearer.library.rules.statements import PURPOSE, Signer, Statement, written

GUARDED = ("library_article", "library_edition", "library_signoff", "wagtailcore_page")
_SENTENCE = re.compile(r"(?<=[.?!])\s+")


def furnish() -> None:
    """Put the articles that come with Nearer on the shelf, signed as for a demonstration."""
    settings.NEARER_DEMO = True
    api.demonstrate(now=clock.now())


def fill(language: str, count: int) -> None:
    """Add articles until a language has so many, each signed and found, past the ledger and the editor."""
    bases = list(Edition.objects.filter(article__live=True, article__locale__language_code=language).order_by("pk"))
    signer = _signer(Contributor.objects.get(slug="demonstration-reviewer"))
    chance = random.Random(1)
    switch("DISABLE")
    with transaction.atomic():
        for number in range(len(bases), count):
            _add(bases[number % len(bases)], number, signer, chance)
    switch("ENABLE")
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE")


def switch(which: str) -> None:
    """Switch what the database refuses off or on: signatures made here have no row in the ledger."""
    with connection.cursor() as cursor:
        for table in GUARDED:
            cursor.execute(f"ALTER TABLE {table} {which} TRIGGER USER")


def _add(base: Edition, number: int, signer: Signer, chance: random.Random) -> None:
    content = json.loads(base.content)
    content["slug"], content["touches"] = f"text-{number}", []
    content["title"] = f"{content['title']} {number}"
    for block in content["body"]:
        if block["type"] == "prose":
            block["html"] = " ".join(_shuffled(block["html"], chance))
    text = canonical(content)
    page = Page.objects.get(pk=base.article_id)
    shelf = Shelf.objects.get(pk=page.get_parent().pk)
    top = Page.objects.aggregate(last=Max("pk"))["last"] + 1
    path = page._get_path(shelf.path, 2, number + 100)  # noqa: SLF001 - treebeard's own way to count
    changed = {"id": top, "path": path, "slug": content["slug"], "title": content["title"], "live": True}
    _copy("wagtailcore_page", "id", page.pk, {**changed, "translation_key": _key(number)})
    _copy("library_article", "page_ptr_id", page.pk, {"page_ptr_id": top, "text_hash": hash_of(text)})
    article = Article.objects.get(pk=top)
    edition = Edition.objects.create(
        article=article, text_hash=hash_of(text), content=text, made_at=clock.now(), needs_second=False
    )
    _sign(edition, content, signer, number)
    index(article=article)


def _shuffled(html: str, chance: random.Random) -> Iterator[str]:
    paragraphs = re.findall(r"<(?:p|ul|ol)>.*?</(?:p|ul|ol)>", html)
    chance.shuffle(paragraphs)
    yield from paragraphs


def _key(number: int) -> str:
    return f"00000000-0000-4000-8000-{number:012d}"


def _copy(table: str, key: str, value: int, changed: dict[str, Any]) -> None:
    with connection.cursor() as cursor:
        cursor.execute(
            f"INSERT INTO {table} SELECT (jsonb_populate_record(b, %s::jsonb)).* FROM {table} b WHERE b.{key} = %s",
            [json.dumps(changed), value],
        )


def _signer(person: Contributor) -> Signer:
    return Signer(person.slug, person.name, person.credentials, "None", "None", clock.now().date(), True)


def _sign(edition: Edition, content: dict[str, Any], signer: Signer, number: int) -> None:
    now = clock.now()
    position = 1_000_000 + number
    statement = Statement(
        article=f"{content['language']}/{content['slug']}",
        text_hash=edition.text_hash,
        part="clinical",
        signer=signer,
        signed_at=now,
        due_on=now.date().replace(year=now.year + 1),
        policy_version="bench",
        ledger_position=position,
        ledger_hash="0" * 64,
    )
    text = written(statement)
    signature = signing.sign(text, purpose=PURPOSE)
    SignOff.objects.create(
        edition=edition,
        part="clinical",
        reviewer=Contributor.objects.get(slug=signer.slug),
        statement=text,
        key_id=signature.key_id,
        signature=signature.value,
        ledger_position=position,
        signed_at=now,
        due_on=statement.due_on,
    )
