"""The door of entries."""

from typing import Any
from urllib.parse import urlencode
from uuid import UUID

from flask import Response, request

from chassis.database import Transaction
from chassis.web import caller, empty, no_content, now, ok, runtime, transaction
from registry.access_log.model import Reason
from registry.actors import actor
from registry.data import actions
from registry.data.actions import Listing
from registry.data.sealing import Vault
from registry.databases import store as databases
from registry.databases.model import Registry


def list_entries(
    registry_name: str,
    version_number: str,
    search: str | None = None,
    filter_: str | None = None,
    ordering: str = "descending",
    page: int = 1,
    page_size: int = 20,
) -> Response:
    wanted = Listing(search, filter_, ordering == "ascending", page, page_size)
    with transaction() as tx:
        registry = _registry(tx, registry_name, version_number)
        entries, count = actions.listed(tx, registry, wanted, _reason(), by=actor(caller()), at=now(), vault=_vault())
    body: dict[str, Any] = {"count": count, "results": [entry.shown(registry) for entry in entries]}
    if page * page_size < count:
        body["next"] = _address(page + 1)
    if page > 1:
        body["previous"] = _address(page - 1)
    return ok(body)


def create_entry(registry_name: str, version_number: str, body: dict[str, Any]) -> Response:
    content = body["write"]["content"]
    key = request.headers.get("Idempotency-Key")
    with transaction() as tx:
        registry = _registry(tx, registry_name, version_number)
        entry, new = actions.create(tx, registry, content, key, by=actor(caller()), at=now(), vault=_vault())
    return _tagged({"content": entry.shown(registry)}, entry.version if new else None)


def read_entry(registry_name: str, version_number: str, body: dict[str, Any]) -> Response:
    query = body["query"]["content"]
    with transaction() as tx:
        registry = _registry(tx, registry_name, version_number)
        entry = actions.read(tx, registry, query, _reason(), by=actor(caller()), at=now(), vault=_vault())
    return _tagged({"content": entry.shown(registry)}, entry.version)


def entry_exists(registry_name: str, version_number: str, body: dict[str, Any]) -> Response:
    query = body["query"]["content"]
    with transaction() as tx:
        registry = _registry(tx, registry_name, version_number)
        status = actions.exists(tx, registry, query, _reason(), by=actor(caller()), at=now(), vault=_vault())
    message = "Object found from database" if status else "Object not found from database"
    return ok({"answer": {"status": status, "message": message}})


def amend_entry(registry_name: str, version_number: str, body: dict[str, Any]) -> Response:
    query, written = body["query"]["content"], body["write"]["content"]
    with transaction() as tx:
        registry = _registry(tx, registry_name, version_number)
        entry = actions.amend(tx, registry, query, written, _if_match(), by=actor(caller()), at=now(), vault=_vault())
    response = empty(200)
    response.headers["ETag"] = f'"{entry.version}"'
    return response


def delete_entry(registry_name: str, version_number: str, entry_id: str) -> Response:
    with transaction() as tx:
        registry = _registry(tx, registry_name, version_number)
        actions.take_out(tx, registry, UUID(entry_id), _if_match(), by=actor(caller()), at=now(), vault=_vault())
    return no_content()


def _registry(tx: Transaction, name: str, number: str) -> Registry:
    return databases.published(tx, name, int(number))


def _vault() -> Vault:
    return Vault(runtime().sealer)


def _reason() -> Reason:
    return Reason.of(request.headers.get("Baraza-Purpose"))


def _if_match() -> int | None:
    given = request.headers.get("If-Match")
    return int(given.strip('"')) if given else None


def _tagged(body: dict[str, Any], version: int | None) -> Response:
    response = ok(body)
    if version is not None:
        response.headers["ETag"] = f'"{version}"'
    return response


def _address(page: int) -> str:
    """This list's address with another page."""
    return f"{request.path}?{urlencode(request.args.to_dict() | {'page': str(page)})}"
