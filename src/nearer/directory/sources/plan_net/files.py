"""Finding FHIR resources in a folder, a Bundle or lines of JSON, one at a time."""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from django.utils.translation import gettext as _

from nearer.directory.records import Refused
from nearer.directory.sources.faults import KEPT, NotThisKindOfFile, refused
from nearer.directory.sources.json_stream import items
from nearer.directory.sources.lines import LONGEST, lines
from nearer.directory.sources.plan_net.fhir import Resource, tidy

KINDS = (".json", ".ndjson", ".jsonl")


@dataclass(frozen=True, slots=True)
class Found:
    """A resource, its place among all that were read (from 1), and the address it has in its bundle."""

    number: int
    resource: Resource
    full_url: str = ""

    @property
    def type(self) -> str:
        return str(self.resource["resourceType"])

    @property
    def key(self) -> str:
        return f"{self.type}/{self.resource.get('id', '')}"

    @property
    def content(self) -> str:
        return f"{self.key} {json.dumps(self.resource, ensure_ascii=False)[:KEPT]}"


def resources(path: Path) -> Iterator[Found | Refused]:
    """Yield every resource under a path, or why it can't be read.

    :raises NotThisKindOfFile: there is no such file or folder.
    """
    files = sorted(each for each in path.iterdir() if each.suffix in KINDS) if path.is_dir() else [path]
    if not path.exists():
        raise NotThisKindOfFile(_("There is no file or folder {path}.").format(path=path))
    number = 0
    for file in files:
        for value in _values(file):
            number += 1
            yield _found(number, value, file)


def _values(file: Path) -> Iterator[object]:
    """Yield the JSON values in a file: its lines, its one resource, or the entries of a bundle of any size."""
    if file.suffix != ".json":
        yield from map(_parsed, (line.text if line.fault is None else line.fault for line in lines(file)))
    elif file.stat().st_size > LONGEST:
        yield from items(file, "entry.item")
    else:
        value = _parsed(file.read_text("utf-8", errors="replace"))
        if isinstance(value, dict) and value.get("resourceType") == "Bundle":
            entries = value.get("entry")
            yield from entries if isinstance(entries, list) else ()
        else:
            yield value


def _parsed(text: str) -> object:
    try:
        return json.loads(text)
    except (ValueError, RecursionError):
        return text


def _found(number: int, told: object, file: Path) -> Found | Refused:
    if isinstance(told, Refused):
        return refused(number, told.reason, f"{file.name}: {told.content}")
    try:
        value, full_url = tidy(told), ""
    except RecursionError:
        return refused(number, _("The resource is nested too deeply to be read."), file.name)
    if isinstance(value, dict) and "resource" in value:
        value, full_url = value["resource"], str(value.get("fullUrl", ""))
    if not isinstance(value, dict):
        return refused(number, _("This is not JSON, or it was cut off."), f"{file.name}: {value}")
    if not isinstance(value.get("resourceType"), str):
        return refused(number, _("This is no FHIR resource: it does not say its type."), f"{file.name}: {value}")
    return Found(number, value, full_url)
