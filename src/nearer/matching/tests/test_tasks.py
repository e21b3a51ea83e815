"""The worker keeps the projection fresh."""

from __future__ import annotations

import json

import pytest
import time_machine
from django.db import connection, transaction

from nearer.matching import tasks
from nearer.matching.api import project_soon
from nearer.matching.models import Candidate
from nearer.matching.tests.builders import NOW, someone_free

pytestmark = pytest.mark.django_db


def test_the_worker_projects_whatever_is_out_of_date() -> None:
    someone_free()
    with time_machine.travel(NOW, tick=False):
        tasks.project_stale(timestamp=0)
    assert Candidate.objects.get().listed


def test_the_worker_projects_those_who_just_changed() -> None:
    therapist, _ = someone_free(), someone_free()
    with time_machine.travel(NOW, tick=False):
        tasks.project(therapist_ids=[therapist.pk])
    assert Candidate.objects.get().therapist_id == therapist.pk


def test_the_job_of_a_change_is_left_in_its_transaction() -> None:
    with transaction.atomic():
        project_soon(therapist_ids=[2, 1])
    with connection.cursor() as cursor:
        cursor.execute("SELECT args::text FROM procrastinate_jobs WHERE task_name = %s", [tasks.project.name])
        assert [json.loads(row[0]) for row in cursor.fetchall()] == [{"therapist_ids": [1, 2]}]
