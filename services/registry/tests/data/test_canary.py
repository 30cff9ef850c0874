"""What a registry seals is nowhere to be read: not in the database's files, the logs, the metrics, the refusals."""

import logging
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import select, update

from chassis.app import App
from chassis.logs import JsonFormatter
from chassis.testing.client import Client
from chassis.testing.tampering import everything
from registry.tables import entry_version

CANARIES = ("canary-7f3a@example.org", "Canary Wren", "other-7f3a@example.org")
WHY = {"Baraza-Purpose": "letter"}


def test_sealed_values_are_nowhere(
    app: App,
    caplog: pytest.LogCaptureFixture,
    make_registry: Callable[..., Any],
    joining: Callable[..., Client],
    person: Callable[[str], Client],
    messaging: Client,
    administrator: Client,
) -> None:
    caplog.set_level(logging.DEBUG)
    make_registry()
    address, name, other = CANARIES
    body = {"write": {"content": {"displayName": name, "email": address, "language": "en"}}}

    made = joining("ada").post("/data/participants/1/create", body, Idempotency_Key="join-of-ada")
    joining("ada").post("/data/participants/1/create", body, Idempotency_Key="join-of-ada")
    query = {"query": {"content": {"id": made.body["content"]["id"]}}}
    messaging("POST", "/data/participants/1/read", query, WHY)
    person("ada").post("/data/participants/1/exists", {"query": {"content": {"email": address}}})
    person("ada").put("/data/participants/1/update", query | {"write": {"content": {"email": other}}})
    refused = joining("bea").post(
        "/data/participants/1/create", {"write": {"content": {"displayName": name, "email": name, address: name}}}
    )
    administrator("GET", "/data/participants/1", None, WHY)
    person("ada").delete(f"/data/participants/1/{made.body['content']['id']}/delete")

    assert refused.status == 400
    written = everything(app.runtime.database)
    assert b"participants" in written
    logged = "\n".join(JsonFormatter().format(record) for record in caplog.records)
    metrics = app.runtime.metrics.exposition().decode()
    for canary in CANARIES:
        assert canary.encode() not in written
        assert canary not in logged + metrics


def test_a_sealed_entry_opens_as_no_other(
    app: App, make_registry: Callable[..., Any], enter: Callable[..., str], person: Callable[[str], Client]
) -> None:
    make_registry()
    first, second = enter("ada"), enter("bea")

    with app.runtime.database.engine.begin() as connection:
        its = select(entry_version.c.sealed).where(entry_version.c.entry_id == UUID(second)).scalar_subquery()
        connection.execute(update(entry_version).where(entry_version.c.entry_id == UUID(first)).values(sealed=its))

    assert person("ada").post("/data/participants/1/read", {"query": {"content": {"id": first}}}).status == 500
