"""What the library stands on in Wagtail: two shelves, three groups, one workflow. The same twice changes nothing."""

from __future__ import annotations

from typing import cast

from django.contrib.auth.models import Group, Permission
from django.db import transaction
from wagtail.models import GroupPagePermission, Locale, Page, Workflow, WorkflowPage, WorkflowTask

from nearer.library.models import ClinicalReview, EvidenceCheck, SecondReview, Shelf
from nearer.library.vocabulary import LANGUAGES

TITLES = {"en": "Library", "es": "Biblioteca"}
GROUPS = {"author": "Library authors", "editor": "Library editors", "reviewer": "Library reviewers"}
WORKFLOW = "Review"
_ON_PAGES = {"author": ("add",), "editor": ("add", "change"), "reviewer": ()}
_ON_SNIPPETS = {
    "author": ("view_source", "add_source", "change_source"),
    "editor": (
        "view_source",
        "add_source",
        "change_source",
        "view_contributor",
        "add_contributor",
        "change_contributor",
    ),
    "reviewer": ("view_source",),
}


@transaction.atomic
def furnish() -> dict[str, Shelf]:
    """Make what is missing, and return the shelf of each language."""
    for language in LANGUAGES:
        Locale.objects.get_or_create(language_code=language)
    root = Page.get_first_root_node() or Page.add_root(title="Root", slug="root")
    Page.objects.filter(depth=2, slug="home", content_type__model="page").delete()  # Wagtail's welcome
    shelves = {language: _shelf(Page.objects.get(pk=root.pk), language) for language in LANGUAGES}
    groups = {kind: _group(kind, root) for kind in GROUPS}
    _workflow(root, groups)
    return shelves


def _shelf(root: Page, language: str) -> Shelf:
    locale = Locale.objects.get(language_code=language)
    found = Shelf.objects.filter(locale=locale).first()
    if found:
        return cast("Shelf", found)
    name = TITLES[language]
    shelf: Shelf = root.add_child(instance=Shelf(title=name, slug=name.lower(), locale=locale, live=False))
    return shelf


def _group(kind: str, root: Page) -> Group:
    group, fresh = Group.objects.get_or_create(name=GROUPS[kind])
    if fresh:
        rights = Permission.objects.filter(codename__in=["access_admin", *_ON_SNIPPETS[kind]])
        between = Group.permissions.through
        between.objects.bulk_create([between(group=group, permission=right) for right in rights])
        for codename in _ON_PAGES[kind]:
            permission = Permission.objects.get(content_type__app_label="wagtailcore", codename=f"{codename}_page")
            GroupPagePermission.objects.create(group=group, page=root, permission=permission)
    return group


def _workflow(root: Page, groups: dict[str, Group]) -> None:
    workflow, fresh = Workflow.objects.get_or_create(name=WORKFLOW)
    if not fresh:
        return
    steps = ((EvidenceCheck, "Evidence check", "editor"), (ClinicalReview, "Clinical review", "reviewer"))
    for order, (kind, name, who) in enumerate((*steps, (SecondReview, "Second review", "reviewer"))):
        task = kind.objects.create(name=name)
        task.groups.add(groups[who])
        WorkflowTask.objects.create(workflow=workflow, task=task, sort_order=order)
    WorkflowPage.objects.update_or_create(page=root, defaults={"workflow": workflow})
