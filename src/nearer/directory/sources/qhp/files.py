"""Which files a folder or an index names: plans and providers."""

from __future__ import annotations

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import unquote, urlsplit

from django.utils.translation import gettext as _

from nearer.directory.records import Refused
from nearer.directory.sources.faults import NotThisKindOfFile, refused
from nearer.directory.sources.lines import LONGEST


@dataclass(frozen=True, slots=True)
class Files:
    """What there is to read, and what an index names that is not there."""

    plans: tuple[Path, ...]
    providers: tuple[Path, ...]
    missing: tuple[Refused, ...] = ()


def files_of(path: Path) -> Files:
    """Return the files of an issuer: those that the index names, or those with the usual names.

    :raises NotThisKindOfFile: there are none.
    """
    index = path if path.is_file() else next(iter(sorted(path.glob("*index*.json"))), None)
    found = _indexed(index) if index is not None else None
    if found is None and path.is_dir():
        found = Files(tuple(_named(path, "plans")), tuple(_named(path, "providers")))
    if found is None or not (found.plans or found.providers):
        sentence = _(
            "{path} is no directory of marketplace plans: no index.json, plans.json or providers.json is there."
        )
        raise NotThisKindOfFile(sentence.format(path=path))
    return found


def _named(folder: Path, name: str) -> Iterator[Path]:
    yield from sorted({*folder.glob(f"*{name}*.json"), *folder.glob(f"*/*{name}*.json")})


def _indexed(index: Path) -> Files | None:
    """Return what an index names; None if this file is none."""
    try:
        told = json.loads(index.read_bytes()[:LONGEST])
    except (ValueError, OSError, RecursionError):
        return None
    if not isinstance(told, dict) or not ({"plan_urls", "provider_urls"} & told.keys()):
        return None
    missing: list[Refused] = []
    plans = tuple(_beside(index, told.get("plan_urls") or (), missing))
    providers = tuple(_beside(index, told.get("provider_urls") or (), missing))
    return Files(plans, providers, tuple(missing))


def _beside(index: Path, urls: Sequence[object], missing: list[Refused]) -> Iterator[Path]:
    """Yield the copies of what addresses name, in the index's folder or the folder of the same name as there."""
    for url in urls:
        address = Path(unquote(urlsplit(str(url)).path))
        candidates = (index.parent / address.name, index.parent / address.parent.name / address.name)
        file = next((each for each in candidates if each.is_file()), None)
        if file is not None:
            yield file
        else:
            missing.append(refused(0, _("The index names a file that is not beside it; nothing is fetched."), str(url)))
