"""Two at once come out as one after the other."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from typing import Any

from chassis.testing.client import Client


def test_many_at_once_make_one_entry(
    make_registry: Callable[..., Any], joining: Callable[..., Client], administrator: Client
) -> None:
    make_registry()
    body = {"write": {"content": {"displayName": "Ada", "email": "ada@example.org"}}}
    callers = [joining("ada") for _ in range(8)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(pool.map(lambda caller: caller.post("/data/participants/1/create", body), callers))

    assert [answer.status for answer in answers] == [200] * 8
    assert len({answer.body["content"]["id"] for answer in answers}) == 1
    assert administrator.get("/v1/access-log/verification").body == {"unbroken": True, "rows": 1}


def test_many_at_once_under_one_key_make_one_entry(
    make_registry: Callable[..., Any], joining: Callable[..., Client]
) -> None:
    make_registry(oneEntryPerPerson=False)
    body = {"write": {"content": {"displayName": "Ada"}}}
    callers = [joining("ada") for _ in range(8)]

    with ThreadPoolExecutor(8) as pool:
        answers = list(
            pool.map(
                lambda caller: caller.post("/data/participants/1/create", body, Idempotency_Key="one-key-for-all"),
                callers,
            )
        )

    assert len({answer.body["content"]["id"] for answer in answers}) == 1


def test_of_amendments_at_once_to_one_version_one_is_taken(
    make_registry: Callable[..., Any],
    enter: Callable[..., str],
    person: Callable[[str], Client],
    administrator: Client,
) -> None:
    make_registry()
    query = {"query": {"content": {"id": enter("ada")}}}
    callers = [(person("ada"), language) for language in ("ca", "ar", "fr", "sw", "de", "it")]

    def amend(caller: Client, language: str) -> int:
        body = query | {"write": {"content": {"language": language}}}
        return caller("PUT", "/data/participants/1/update", body, {"If-Match": '"1"'}).status

    with ThreadPoolExecutor(6) as pool:
        statuses = list(pool.map(lambda each: amend(*each), callers))

    assert sorted(statuses) == [200] + [409] * 5
    assert administrator.get("/v1/access-log/verification").body["unbroken"] is True


def test_reads_at_once_are_all_logged(
    make_registry: Callable[..., Any], enter: Callable[..., str], person: Callable[[str], Client], administrator: Client
) -> None:
    make_registry()
    query = {"query": {"content": {"id": enter("ada")}}}
    callers = [person("ada") for _ in range(12)]

    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda caller: caller.post("/data/participants/1/read", query), callers))

    assert administrator.get("/v1/access-log/verification").body == {"unbroken": True, "rows": 13}
