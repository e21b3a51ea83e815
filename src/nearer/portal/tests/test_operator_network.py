"""An operator sees the network as it is: pictures with the numbers beside them, in a constant number of queries."""

from __future__ import annotations

import csv
import io
import re

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from nearer.accounts.tests.builders import signed_in
from nearer.care.tests.builders import findable
from nearer.directory.tests.builders import a_network, a_plan
from nearer.matching.tests.builders import many_free, someone_free
from nearer.portal.pages.operator import gaps as gap_pages
from nearer.portal.pages.operator.heat import GRID, step

pytestmark = pytest.mark.django_db

PAGES = ("/operator/", "/operator/states/MA/", "/operator/gaps/", "/operator/gaps.csv", "/operator/shopper/")


@pytest.fixture
def operator(client: Client) -> Client:
    signed_in(client, ("operator",))
    return client


def test_every_place_has_a_tile_of_its_own(operator: Client) -> None:
    page = operator.get("/operator/").content.decode()
    assert len(GRID) == len(set(GRID.values())) == 56
    assert len(re.findall(r'class="tile heat-', page)) == 56


@pytest.mark.parametrize(
    ("count", "looks"), [(0, 0), (1, 1), (2, 1), (3, 2), (9, 2), (10, 3), (49, 3), (50, 4), (200, 5), (10**6, 5)]
)
def test_a_count_falls_into_a_step(count: int, looks: int) -> None:
    assert step(count) == looks


def test_the_map_says_in_words_what_it_shows(operator: Client) -> None:
    someone_free()
    someone_free(accepting=False)
    findable()
    page = operator.get("/operator/").content.decode()
    assert "Massachusetts: 1 of 2 can be booked" in page
    assert "Alabama: 0 of 0 can be booked" in page


def test_the_map_shows_the_service_and_the_measure_asked_for(operator: Client) -> None:
    someone_free(services=("couples",))
    findable()
    assert 'class="tile heat-1"' not in operator.get("/operator/").content.decode()
    page = operator.get("/operator/?service=couples&measure=listed").content.decode()
    assert page.count('class="tile heat-1"') == 1


@pytest.mark.parametrize("query", ["?service=nonsense", "?measure=nonsense", "?service=&measure="])
def test_what_is_no_choice_is_left_out(operator: Client, query: str) -> None:
    assert operator.get(f"/operator/{query}").status_code == 200


def test_a_state_shows_its_plans_and_services(operator: Client) -> None:
    network = a_network()
    a_plan(networks=[network], name="Harbor Silver")
    someone_free(networks=[network])
    findable()
    page = operator.get("/operator/states/MA/").content.decode()
    assert "Harbor Silver" in page
    assert "Paying themselves" in page
    assert operator.get("/operator/states/XX/").status_code == 404


def test_an_operator_finds_the_gap_and_takes_it_away_as_a_file(operator: Client) -> None:
    network = a_network()
    a_plan(networks=[network], name="Harbor Silver")
    for _ in range(3):
        someone_free(networks=[network], traits={"language": ["en"]})
    findable()
    page = operator.get("/operator/gaps/?state=MA&language=en&language=es").content.decode()
    assert "6 gaps in 1 state, for English, Spanish." in page  # Spanish at all times, English evenings and weekends
    assert "Recruit 3: helps 1 plan." in page
    file = operator.get("/operator/gaps.csv?state=MA&language=es&time=weekend")
    assert file["Content-Disposition"] == 'attachment; filename="gaps.csv"'
    header, *rows = csv.reader(io.StringIO(file.content.decode()))
    assert header[-1] == "Recruit"
    assert rows == [["MA", "Evergreen Health", "Harbor Silver", "Spanish", "weekends", "0", "3"]]


@pytest.mark.parametrize("name", ["=1+1", "+1", "-1", "@SUM(A1)", "\t=1"])
def test_no_name_of_a_plan_is_a_formula_in_the_file(name: str) -> None:
    assert gap_pages.plain(name) == f"'{name}"
    assert gap_pages.plain("Harbor - Silver") == "Harbor - Silver"


def test_where_nothing_is_short_it_says_so(operator: Client) -> None:
    assert "Nothing is short" in operator.get("/operator/gaps/").content.decode()


@pytest.mark.parametrize("page", PAGES)
def test_queries_do_not_grow_with_the_network(operator: Client, page: str) -> None:
    network = a_network()
    a_plan(networks=[network])
    operator.get(page)  # the first of a session also notes that they were here
    counted = []
    for count in (1, 30):
        many_free(count, network.pk) if count == 1 else [someone_free(networks=[network]) for _ in range(count)]
        findable()
        with CaptureQueriesContext(connection) as queries:
            assert operator.get(page).status_code == 200
        counted.append(len(queries))
    assert counted[0] == counted[1]


@pytest.mark.parametrize("page", PAGES)
def test_nobody_else_sees_any_of_it(client: Client, page: str) -> None:
    assert client.get(page).status_code == 302
    signed_in(client, ("therapist",))
    assert client.get(page).status_code == 403
