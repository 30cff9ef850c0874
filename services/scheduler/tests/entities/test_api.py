"""Entities over HTTP."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from sqlalchemy import select

from chassis.database import Database
from chassis.testing.client import Client, assert_problem
from scheduler.tables import entity


def test_a_registered_entity_is_listed(official: Client, new_entity: Callable[..., str]) -> None:
    entity_id = new_entity(email="desk@library.example")
    new_entity("Museum", "museum")

    [[shown]] = official.get("/entity/list_details?category=library").body

    details = {"name": "Town library", "category": "library", "email": "desk@library.example"}
    assert shown == {"entity_id": entity_id, "details": details}


def test_contacts_are_sealed_at_rest(database: Database, new_entity: Callable[..., str]) -> None:
    new_entity(email="desk@library.example")

    with database.reading() as tx:
        stored = tx.execute(select(entity.c.contact)).scalar_one()

    assert b"library" not in stored


def test_the_same_entity_is_not_registered_twice(official: Client, new_entity: Callable[..., str]) -> None:
    first = new_entity()
    body = {"details": {"name": "Town library", "category": "library"}}

    with ThreadPoolExecutor(4) as pool:
        replies = list(pool.map(lambda _: official.post("/entity/new", body), range(4)))
    official("DELETE", "/entity", {"entity_id": first})

    for reply in replies:
        assert_problem(reply, 400, "entity-exists")
    assert official.post("/entity/new", body).status == 200


def test_a_modified_entity_keeps_what_is_not_named(official: Client, new_entity: Callable[..., str]) -> None:
    entity_id = new_entity(phone="123")

    official.put("/entity/modifications", {"entity_id": entity_id, "entity_details": {"website": "library.example"}})

    details = official.get("/entity/list_details").body[0][0]["details"]
    assert (details["phone"], details["website"]) == ("123", "library.example")


def test_an_entity_that_hosts_events_stays(
    official: Client, new_entity: Callable[..., str], new_event: Callable[..., str]
) -> None:
    entity_id = new_entity()
    event_id = new_event(entity_id)

    early = official("DELETE", "/entity", {"entity_id": entity_id})
    official("DELETE", "/event", {"event_id": event_id})
    late = official("DELETE", "/entity", {"entity_id": entity_id})

    assert_problem(early, 400, "entity-in-use")
    assert (late.status, late.body) == (200, entity_id)
    assert official.get("/entity/list_details").body == [[]]


def test_what_is_not_there_is_not_found(official: Client) -> None:
    unknown = {"entity_id": "entity_id:12345"}

    assert_problem(official("DELETE", "/entity", unknown), 404, "not-found")
    assert_problem(official.put("/entity/modifications", unknown | {"details": {}}), 404, "not-found")
    assert_problem(official.post("/entity/new", {"details": {"name": "x"}}), 400, "invalid")
