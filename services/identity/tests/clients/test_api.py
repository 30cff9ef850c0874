"""Administrators register clients; a secret is shown once."""

from concurrent.futures import ThreadPoolExecutor
from typing import Any

import pytest

from chassis.testing.client import assert_problem

ADDRESS = "/v1/clients/BARAZA/GOV/1001/forum"
WANTED = {
    "name": "Forum",
    "grantTypes": ["authorization_code"],
    "redirectUris": ["https://forum.example/callback"],
}


@pytest.fixture
def administrator(client: Any) -> Any:
    return client(subject="admin-1", roles={"administrator"}, scopes={"identity.manage-clients"})


def test_a_new_clients_secret_is_shown_once(administrator: Any) -> None:
    made = administrator.put(ADDRESS, WANTED)
    again = administrator.put(ADDRESS, WANTED)
    read = administrator.get(ADDRESS)

    assert (made.status, again.status) == (201, 200)
    assert len(made.body["secret"]) >= 32
    assert "secret" not in again.body
    assert read.body == again.body
    assert read.body["id"] == "BARAZA/GOV/1001/forum"


def test_a_rotated_secret_ends_the_old(administrator: Any, relying_party: Any) -> None:
    forum = relying_party("forum")
    wanted = WANTED | {"grantTypes": ["client_credentials"], "redirectUris": [], "rotateSecret": True}

    new = administrator.put(ADDRESS, wanted).body["secret"]

    form = {"grant_type": "client_credentials"}
    assert [forum.ask(form).status_code, forum.ask(form, secret=new).status_code] == [401, 200]


@pytest.mark.parametrize(
    "uri",
    [
        "http://forum.example/callback",
        "https://forum.example/callback#x",
        "javascript:alert(1)",
        "/callback",
        "https://user@forum.example/",
        "https://forum.example/a b",
        "https:///nowhere",
    ],
)
def test_an_address_that_is_not_safe_is_refused(administrator: Any, uri: str) -> None:
    assert_problem(administrator.put(ADDRESS, WANTED | {"redirectUris": [uri]}), 400, "bad-redirect-uri")


def test_signing_people_in_needs_an_address(administrator: Any) -> None:
    assert_problem(administrator.put(ADDRESS, WANTED | {"redirectUris": []}), 400, "bad-redirect-uri")


def test_clients_are_listed_by_id_in_pages(administrator: Any, relying_party: Any) -> None:
    for code in ("c", "a", "b"):
        relying_party(code)

    first = administrator.get("/v1/clients?limit=2").body
    second = administrator.get(f"/v1/clients?limit=2&cursor={first['next']}").body

    found = [each["id"].rsplit("/")[-1] for each in first["items"] + second["items"]]
    assert (found, second["next"]) == (["a", "b", "c"], None)


def test_a_client_that_is_not_there_is_not_found(administrator: Any) -> None:
    assert_problem(administrator.get(ADDRESS), 404, "not-found")


def test_nobody_else_sees_clients(client: Any) -> None:
    assert_problem(client(scopes={"engagement.read"}).get(ADDRESS), 403, "missing-scope")


def test_of_many_registrations_of_one_client_one_makes_it(administrator: Any) -> None:
    administrator.get(ADDRESS)  # the app builds its layers at the first request, as a server does at its start

    with ThreadPoolExecutor(6) as pool:
        replies = list(pool.map(lambda _: administrator.put(ADDRESS, WANTED), range(6)))

    statuses = [reply.status for reply in replies]
    assert statuses.count(201) == 1
    assert set(statuses) <= {200, 201, 409}, "who comes at the same moment may be told to ask again"
    assert [reply for reply in replies if "secret" in reply.body and reply.status != 201] == []
