"""A block of one table and three operations, with everything the chassis offers."""

import sys
from datetime import datetime
from types import ModuleType
from typing import Any

import pytest
import yaml
from flask import Response
from sqlalchemy import Column, String, Table, insert, select

import contracts
from chassis import app as chassis_app
from chassis import ids, jobs, outbox
from chassis.app import App
from chassis.broker import Broker
from chassis.clock import Clock
from chassis.columns import Uuid, metadata
from chassis.database import Database, Transaction
from chassis.errors import Conflict, NotFound
from chassis.events import Event
from chassis.runtime import Runtime, Service
from chassis.settings import ServiceSettings
from chassis.tables import PLATFORM
from chassis.testing.plugin import NOON
from chassis.tracing import Tracing
from chassis.web import answered, created, no_content, now, ok, reading, runtime, transaction

METADATA = metadata()
note = Table("note", METADATA, Column("id", Uuid, primary_key=True), Column("text", String(80), nullable=False))
heard = Table("heard", METADATA, Column("id", Uuid, primary_key=True), Column("key", String(80), nullable=False))
TYPE = "engagement.process-decided.v1"  # any promised type serves

_CONTRACT = """
openapi: 3.0.3
info: {title: Notes, version: 1.0.0}
paths:
  /v1/notes:
    get:
      operationId: listNotes
      security: [{baraza: [notes.write]}]
      responses: {'200': {description: All notes.}}
    post:
      operationId: writeNote
      security: [{baraza: [notes.write]}]
      parameters: [{$ref: '#/components/parameters/IdempotencyKey'}]
      requestBody:
        required: true
        content:
          application/json:
            schema:
              type: object
              additionalProperties: false
              required: [text]
              properties: {text: {type: string, maxLength: 80}}
      responses:
        '201': {description: Written.}
        default: {$ref: '#/components/responses/Problem'}
  /v1/notes/{noteId}:
    delete:
      operationId: forgetNote
      x-status: {NotFound: 410}
      security: [{baraza: [notes.write]}]
      parameters: [{name: noteId, in: path, required: true, schema: {$ref: '#/components/schemas/Id'}}]
      responses:
        '204': {description: Forgotten.}
        default: {$ref: '#/components/responses/Problem'}
"""


class Stale(Conflict):
    """Only to have a refusal with a slug that exists."""


def list_notes() -> Response:
    with reading() as tx:
        return ok({"items": [row.text for row in tx.execute(select(note.c.text).order_by(note.c.id))]})


def write_note(body: dict[str, str]) -> Response:
    if body["text"] == "crash":
        raise ZeroDivisionError("a secret of the server")
    with transaction() as tx:
        added = ids.new()
        tx.execute(insert(note), {"id": added, "text": body["text"]})
        if body["text"] == "refused":
            raise Stale("This text is refused.")
        outbox.put(tx, Event(TYPE, str(added), now(), {"processId": str(added)}))
        jobs.put(tx, "remind", str(added), {"id": str(added)}, now())
        return answered(tx, created({"id": added}))


def forget_note(note_id: str) -> Response:
    if runtime().service.name == "notes":
        raise NotFound("There is no such note.")
    return no_content()


def on_decided(tx: Transaction, event: Event) -> None:
    if event.key == "poison":
        raise ValueError("cannot be handled")
    tx.execute(insert(heard), {"id": ids.new(), "key": event.key})


def remind(_: Runtime, payload: dict[str, Any], at: datetime) -> None:
    """Nothing to do; tests that look at jobs bring their own."""


def declared() -> Service:
    """The block's front door; tests replace parts of it."""
    return Service("notes", (_door(sys.modules[__name__]),), {TYPE: on_decided}, {"remind": remind})


def promise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the contract of the block in the catalogue's place."""
    document = contracts._folder(contracts._ROOT / "openapi" / "_shared")
    contracts._merge(document, yaml.safe_load(_CONTRACT), "notes")
    monkeypatch.setattr(contracts, "openapi", lambda _: document)
    monkeypatch.setattr(contracts, "scopes", lambda: {"notes.write": {}})


def build(
    settings: ServiceSettings,
    clock: Clock,
    broker: Broker | None,
    *,
    service: Service | None = None,
    spans: Tracing | None = None,
) -> App:
    """The block, with its tables made. `promise` comes first."""
    app = chassis_app.create(service or declared(), settings, at=clock, broker=broker, spans=spans)
    make_tables(app.runtime.database)
    return app


def make_tables(database: Database) -> None:
    """What the block's migrations would; tables that are there stay."""
    with database.engine.begin() as connection:
        PLATFORM.create_all(connection)
        METADATA.create_all(connection)


def told(key: str = "k", **data: str) -> Event:
    """A fact that the block hears."""
    return Event(TYPE, key, NOON, data or {"processId": str(ids.new())})


def _door(module: Any) -> Any:
    """A module that holds the operations alone."""
    door = ModuleType(module.__name__)
    for name in ("list_notes", "write_note", "forget_note"):
        setattr(door, name, getattr(module, name))
    return door
