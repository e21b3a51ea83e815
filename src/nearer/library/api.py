"""The library's face: articles as they are read, the ledger, and what the operator does with both."""

from __future__ import annotations

from nearer.library.operations.demonstrating import demonstrate
from nearer.library.operations.expiring import expire
from nearer.library.operations.links import Answer, check_links
from nearer.library.operations.shelving import Loaded, load
from nearer.library.policies import CannotCheck, CannotSign
from nearer.library.queries.ledger import ledger_of
from nearer.library.queries.linking import readable_among
from nearer.library.queries.people import person
from nearer.library.queries.reading import published, shelf
from nearer.library.queries.searching import Found, search
from nearer.library.queries.verifying import Verdict, verify
from nearer.library.records import (
    ArticleCard,
    Callout,
    ClaimCard,
    LedgerLine,
    Person,
    PersonPage,
    Prose,
    ReadArticle,
    Section,
    SignedBy,
    SourceCard,
)
from nearer.library.rules.shelf_file import NotAnArticle
from nearer.library.rules.terms import NotSigned
from nearer.library.vocabulary import CALLOUTS, NEXT_STEPS, SERIES, SOURCE_KINDS, STRENGTHS, TOPICS

__all__ = [
    "CALLOUTS",
    "NEXT_STEPS",
    "SERIES",
    "SOURCE_KINDS",
    "STRENGTHS",
    "TOPICS",
    "Answer",
    "ArticleCard",
    "Callout",
    "CannotCheck",
    "CannotSign",
    "ClaimCard",
    "Found",
    "LedgerLine",
    "Loaded",
    "NotAnArticle",
    "NotSigned",
    "Person",
    "PersonPage",
    "Prose",
    "ReadArticle",
    "Section",
    "SignedBy",
    "SourceCard",
    "Verdict",
    "check_links",
    "demonstrate",
    "expire",
    "ledger_of",
    "load",
    "person",
    "published",
    "readable_among",
    "search",
    "shelf",
    "verify",
]
