"""Reading FHIR R4 resources: validation, extensions, codes, days."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from nearer.directory.sources.faults import RowRefused

Resource = Mapping[str, Any]
NPI_SYSTEMS = ("http://hl7.org/fhir/sid/us-npi", "http://terminology.hl7.org/NamingSystem/npi")
NUCC = "http://nucc.org/provider-taxonomy"


def fault(resource: Resource) -> str | None:
    """Return why this is no valid FHIR resource, in a sentence; None if it is one.

    R4B's classes are used: on Plan-Net's resources they behave like R4's, which the library no longer has.
    """
    from fhir.resources.R4B import get_fhir_model_class  # slow to import, and needed here alone
    from pydantic import ValidationError

    try:
        get_fhir_model_class(str(resource["resourceType"])).model_validate(resource)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"]) or str(resource["resourceType"])
        return _("The resource is not valid FHIR: {place}: {why}.").format(place=place, why=first["msg"].rstrip("."))
    return None


def tidy(value: Any) -> Any:
    """Return a JSON value without its nulls, which FHIR does not allow and servers send nevertheless.

    Halves of characters, which JSON can write and no text can hold, become question marks.
    """
    if isinstance(value, str):
        return value if value.isascii() else value.encode("utf-8", "replace").decode()
    if isinstance(value, dict):
        return {name: tidy(each) for name, each in value.items() if each is not None}
    if isinstance(value, list):
        return [tidy(each) for each in value if each is not None]
    return value


def extensions(element: Resource, name: str) -> Iterator[Resource]:
    """Yield the extensions whose address ends in this name, as profiles of several versions share it."""
    for extension in element.get("extension", ()):
        if str(extension.get("url", "")).rsplit("/", 1)[-1] == name:
            yield extension


def codes(concept: Resource) -> Iterator[tuple[str, str]]:
    """Yield the (system, code) pairs of a CodeableConcept."""
    for coding in concept.get("coding", ()):
        yield str(coding.get("system", "")), str(coding.get("code", ""))


def has_code(concepts: Any, code: str) -> bool:
    return any(code == each for concept in concepts or () for _system, each in codes(concept))


def words(concept: Resource) -> Iterator[str]:
    """Yield every way in which a CodeableConcept says what it means: codes, displays, text."""
    for coding in concept.get("coding", ()):
        yield str(coding.get("code", ""))
        yield str(coding.get("display", ""))
    yield str(concept.get("text", ""))


def reference(element: Any) -> str:
    """Return what an element refers to, as "Type/id" or as the urn it is known by in its bundle; empty if nothing."""
    told = str((element or {}).get("reference", ""))
    return told if told.startswith("urn:") else "/".join(told.partition("/_history/")[0].split("/")[-2:])


def npi(resource: Resource) -> str:
    """Return the NPI that a resource states, as it is written; empty if it states none."""
    stated = (each for each in resource.get("identifier", ()) if each.get("system") in NPI_SYSTEMS)
    return next((str(each.get("value", "")).strip() for each in stated), "")


def day(text: object) -> date | None:
    """Return the day of a FHIR date, which may lack its day or month, or of an instant; None if there is none.

    :raises RowRefused: it is none.
    """
    if not text:
        return None
    parts = str(text)[:10].split("-")
    try:
        return date(*(int(part) for part in (*parts, "1", "1")[:3]))
    except ValueError as error:
        raise RowRefused(_("“{text}” is no date.").format(text=str(text)[:40])) from error
