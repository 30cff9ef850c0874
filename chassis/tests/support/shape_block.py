"""A block that says back what it was called with: every shape of request that a contract may ask for."""

import sys
from collections.abc import Generator
from types import ModuleType
from typing import Any

import pytest
import yaml
from flask import Response, g, request
from werkzeug.exceptions import RequestEntityTooLarge

import contracts
from chassis import app as chassis_app
from chassis import web
from chassis.app import App
from chassis.clock import FixedClock
from chassis.errors import NotFound
from chassis.fast.lane import LANE
from chassis.runtime import Service
from chassis.settings import ServiceSettings
from chassis.testing.plugin import NOON

_CONTRACT = r"""
openapi: 3.0.3
info: {title: Shapes, version: 1.0.0}
paths:
  /v1/shapes:
    get:
      operationId: askShapes
      security: [{baraza: [shapes.read]}]
      parameters:
        - $ref: '#/components/parameters/Cursor'
        - $ref: '#/components/parameters/Limit'
        - {name: open, in: query, schema: {type: boolean}}
        - {name: tag, in: query, style: form, explode: true, schema: {type: array, items: {type: string, maxLength: 9}}}
        - {name: since, in: query, schema: {$ref: '#/components/schemas/Instant'}}
        - {name: code, in: query, schema: {type: string, pattern: '^\d{2}$'}}
        - {name: orderBy, in: query, schema: {type: string, enum: [new, old], default: new}}
        - {name: id, in: query, schema: {type: integer, format: int64}}
        - {name: unused, in: query, schema: {type: string}}
      responses: {'200': {description: What was asked.}, default: {$ref: '#/components/responses/Problem'}}
    post:
      operationId: eitherShape
      security: [{baraza: [shapes.write]}, {baraza: [shapes.import]}]
      responses: {'200': {description: Let in.}, default: {$ref: '#/components/responses/Problem'}}
  /v1/shapes/{shapeId}:
    get:
      operationId: showShape
      security: [{baraza: [shapes.read]}]
      parameters: [{$ref: '#/components/parameters/ShapeId'}]
      responses: {'200': {description: It.}, default: {$ref: '#/components/responses/Problem'}}
    put:
      operationId: changeShape
      x-status: {Invalid: 422, NotFound: 410}
      security: [{baraza: [shapes.write]}]
      parameters:
        - $ref: '#/components/parameters/ShapeId'
        - {name: If-Match, in: header, required: true, schema: {type: string, pattern: '^"[1-9][0-9]{0,8}"$'}}
      requestBody:
        required: true
        content: {application/json: {schema: {$ref: '#/components/schemas/Shape'}}}
      responses: {'200': {description: It.}, default: {$ref: '#/components/responses/Problem'}}
    delete:
      operationId: dropShape
      security: [{baraza: [shapes.write]}]
      parameters: [{$ref: '#/components/parameters/ShapeId'}]
      responses: {'204': {description: Gone.}, default: {$ref: '#/components/responses/Problem'}}
  /v1/shapes/mine:
    get:
      operationId: mineShape
      security: [{baraza: [shapes.read]}]
      responses: {'200': {description: Mine.}, default: {$ref: '#/components/responses/Problem'}}
  /v1/notes:
    post:
      operationId: sayShape
      x-anonymous: Whoever sees the page may send a form.
      security: []
      requestBody:
        required: true
        content:
          application/x-www-form-urlencoded:
            schema: {type: object, required: [word], properties: {word: {type: string}}}
      responses: {'200': {description: Said.}, default: {$ref: '#/components/responses/Problem'}}
  /v1/open/:
    get:
      operationId: openShape
      x-anonymous: It is for all.
      security: []
      responses: {'200': {description: Open.}, default: {$ref: '#/components/responses/Problem'}}
  /v1/stream:
    get:
      operationId: streamShape
      security: [{baraza: [shapes.read]}]
      parameters: [{name: rows, in: query, required: true, schema: {type: integer}}]
      responses:
        '200': {description: Many., content: {text/csv: {schema: {type: string}}}}
        default: {$ref: '#/components/responses/Problem'}
  /v1/large:
    get:
      operationId: largeShape
      security: [{baraza: [shapes.read]}]
      responses: {'200': {description: Never.}, default: {$ref: '#/components/responses/Problem'}}
components:
  parameters:
    ShapeId: {name: shapeId, in: path, required: true, schema: {type: string, pattern: '^[a-zé-]+$', maxLength: 9}}
  schemas:
    Shape:
      type: object
      additionalProperties: false
      required: [name]
      properties:
        id: {type: string, readOnly: true}
        name: {$ref: '#/components/schemas/LocalizedText'}
        size: {type: integer, minimum: 1, exclusiveMaximum: true, maximum: 10, nullable: true}
        weight: {type: number}
        kind: {type: string, enum: [round, square], nullable: true}
        email: {type: string, format: email}
        uuid: {type: string, format: uuid}
        day: {type: string, format: date}
        at: {$ref: '#/components/schemas/Instant'}
        code: {type: string, pattern: '^[a-z]+$'}
        corners: {type: array, maxItems: 2, uniqueItems: true, items: {type: integer}}
        either: {oneOf: [{type: string}, {type: object, required: [a], properties: {a: {type: integer}}}]}
        other: {default: fine, not: {type: string, pattern: '^no$'}}
"""
_DOORS = (
    "ask_shapes", "either_shape", "show_shape", "change_shape", "drop_shape", "mine_shape", "say_shape", "open_shape",
    "stream_shape", "large_shape",
)  # fmt: skip
STREAMED: list[str] = []


def _said(**arguments: Any) -> Response:
    told = {name: value for name, value in arguments.items() if value is not None}
    seen = {"subject": web.caller().subject, "lane": int(LANE in request.environ), "operation": g.operation}
    return web.ok({"arguments": told, "types": {name: type(value).__name__ for name, value in told.items()}} | seen)


def ask_shapes(
    cursor: str | None = None,
    limit: int | None = None,
    open_: bool | None = None,
    tag: list[str] | None = None,
    since: str | None = None,
    code: str | None = None,
    order_by: str = "",
    id_: int | None = None,
) -> Response:
    return _said(
        cursor=cursor, limit=limit, open=open_, tag=tag, since=since, code=code, order_by=order_by, id=id_
    )  # fmt: skip


def either_shape() -> Response:
    return _said()


def show_shape(shape_id: str) -> Response:
    return _said(shape_id=shape_id)


def change_shape(shape_id: str, body: dict[str, Any]) -> Response:
    if shape_id == "gone":
        raise NotFound("There is no such shape.")
    return _said(shape_id=shape_id, body=body, again=request.get_data(as_text=True))


def drop_shape(shape_id: str) -> Response:
    return web.no_content()


def mine_shape() -> Response:
    return _said()


def say_shape(body: dict[str, str]) -> Response:
    return _said(body=body, word=request.form["word"])


def open_shape() -> Response:
    return _said()


def stream_shape(rows: int) -> Response:
    return web.streamed(_rows(rows), "text/csv")


def large_shape() -> Response:
    raise RequestEntityTooLarge("too much")


def _rows(rows: int) -> Generator[bytes]:
    if rows < 0:
        raise NotFound("There are no such rows.")
    try:
        with web.reading():
            for number in range(rows):
                if number == 100_000:
                    raise ZeroDivisionError("a fault on the way")
                yield b"%09d\n" % number
    finally:
        STREAMED.append(f"closed after {request.path}")


def promise(monkeypatch: pytest.MonkeyPatch) -> None:
    """Put the contract of the block in the catalogue's place."""
    document = contracts._folder(contracts._ROOT / "openapi" / "_shared")
    contracts._merge(document, yaml.safe_load(_CONTRACT), "shapes")
    scopes: dict[str, Any] = {"shapes.read": {}, "shapes.write": {}, "shapes.import": {}}
    monkeypatch.setattr(contracts, "openapi", lambda _: document)
    monkeypatch.setattr(contracts, "scopes", lambda: scopes)


def build(settings: ServiceSettings, *, validate_responses: bool = False) -> App:
    """The block; it stores nothing."""
    door = ModuleType(__name__)
    for name in _DOORS:
        setattr(door, name, getattr(sys.modules[__name__], name))
    service = Service("shapes", (door,))
    return chassis_app.create(service, settings, at=FixedClock(NOON), validate_responses=validate_responses)
