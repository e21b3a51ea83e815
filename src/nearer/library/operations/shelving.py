"""Putting the shelf that comes with Nearer into the library: drafts with their sources, unsigned."""

from __future__ import annotations

import tomllib
import uuid
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.db import transaction
from wagtail.models import Page

from nearer.library.models import Article, Claim, Contribution, Contributor, Shelf, Source
from nearer.library.operations.furnishing import furnish
from nearer.library.rules.shelf_file import NotAnArticle, Written, read
from nearer.library.vocabulary import LANGUAGES

FOLDER = Path(__file__).resolve().parents[1] / "shelf"
#: The shelf's articles are drafts that a machine helped write; the ledger and the page say so.
MACHINE_HELPED = True
AUTHOR = {
    "slug": "nearer-project",
    "name": "The Nearer project",
    "credentials": "Open source project, no clinician",
    "about": "The people who make Nearer. Their drafts are public only after a clinician has signed them.",
    "about_es": "Quienes hacen Nearer. Sus borradores solo son públicos cuando un profesional clínico los ha firmado.",
    "conflicts": "None",
}
_SPACE = uuid.UUID("5f1c0c3e-3d7b-4b63-8c3e-6e6561726572")
_PLAIN = (
    "title",
    "standfirst",
    "topics",
    "series",
    "series_position",
    "related",
    "next_step",
    "touches",
    "picture",
    "picture_alt",
)


@dataclass(frozen=True, slots=True)
class Loaded:
    """What a load brought in; what is there already is left alone."""

    articles: int
    sources: int
    kept: int


@transaction.atomic
def load(folder: Path = FOLDER) -> Loaded:
    """Put every article of a folder on its shelf as a draft, with its sources. The same twice adds nothing twice.

    An article that is there already stays as it is, whoever changed it since.

    :raises NotAnArticle: a file can't be read; nothing is taken in.
    """
    shelves = furnish()
    sources = _load_sources(folder)
    author, _ = Contributor.objects.get_or_create(slug=AUTHOR["slug"], defaults=AUTHOR)
    fresh = [page for path in _files(folder) if (page := _begin(path, shelves)) is not None]
    numbers = {(a.locale.language_code, a.slug): a.pk for a in Article.objects.select_related("locale")}
    for path, article in fresh:
        _write(article, _read(path, numbers), author)
    return Loaded(len(fresh), sources, len(numbers) - len(fresh))


def _files(folder: Path) -> Iterator[Path]:
    for language in LANGUAGES:
        yield from sorted(folder.glob(f"*/{language}.md"))


def _begin(path: Path, shelves: dict[str, Shelf]) -> tuple[Path, Article] | None:
    """Give an article its place; the text follows once every link knows where it leads."""
    slug, shelf = path.parent.name, shelves[path.stem]
    if Article.objects.filter(slug=slug, locale=shelf.locale).exists():
        return None
    key = uuid.uuid5(_SPACE, slug)
    article = Article(title=slug, slug=slug, locale=shelf.locale, translation_key=key, live=False)
    Page.objects.get(pk=shelf.pk).add_child(instance=article)
    return path, article


def _read(path: Path, numbers: dict[tuple[str, str], int]) -> Written:
    def link(address: str) -> str:
        if not address.startswith("article:"):
            return f'<a href="{address}">'
        number = numbers.get((path.stem, address.removeprefix("article:")))
        return f'<a linktype="page" id="{number}">' if number else "<a>"

    try:
        return read(path.read_text(encoding="utf-8"), link)
    except NotAnArticle as error:
        raise NotAnArticle(f"{path}: {error}. Nothing was taken in.") from error


def _write(article: Article, written: Written, author: Contributor) -> None:
    front = written.front
    for name in _PLAIN:
        setattr(article, name, front[name])
    article.draft_title, article.machine_helped = front["title"], MACHINE_HELPED
    article.takeaways = [("takeaway", text) for text in front["takeaways"]]
    article.body = [{"type": kind, "value": value} for kind, value in written.blocks]
    article.claims = [_claim(order, told) for order, told in enumerate(front.get("claims", []))]
    article.contributions = [Contribution(person=author, part=Contribution.Part.AUTHOR)]
    article.save()
    article.save_revision()


def _claim(order: int, told: dict[str, Any]) -> Claim:
    return Claim(
        sort_order=order,
        key=told["id"],
        text=told["text"],
        sources=told["sources"],
        supports=told["supports"],
        strength=told["strength"],
    )


def _load_sources(folder: Path) -> int:
    told = {
        each["id"]: each
        for path in sorted(folder.glob("sources/*.toml"))
        for each in tomllib.loads(path.read_text(encoding="utf-8"))["source"]
    }
    known = set(Source.objects.filter(key__in=told).values_list("key", flat=True))
    fresh = [
        Source(key=key, **{k: v for k, v in each.items() if k != "id"})
        for key, each in told.items()
        if key not in known
    ]
    return len(Source.objects.bulk_create(fresh))
