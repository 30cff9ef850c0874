"""Every service's contract is a whole, says who may call what, and promises nothing twice."""

import re
from typing import Any

import pytest

import contracts

VERBS = ("get", "put", "post", "delete", "patch")


def operations(service: str) -> list[tuple[str, dict[str, Any]]]:
    document = contracts.openapi(service)
    return [
        (f"{verb.upper()} {path}", item[verb])
        for path, item in document["paths"].items()
        for verb in VERBS
        if verb in item
    ]


def references(node: Any) -> set[str]:
    if isinstance(node, dict):
        found = {node["$ref"]} if isinstance(node.get("$ref"), str) else set()
        return found.union(*(references(value) for value in node.values())) if node else found
    if isinstance(node, list):
        return set().union(*(references(value) for value in node)) if node else set()
    return set()


@pytest.mark.parametrize("service", contracts.services())
def test_every_operation_has_a_verb_phrase_for_a_name(service: str) -> None:
    names = [described["operationId"] for _, described in operations(service)]

    assert len(names) == len(set(names))
    assert [name for name in names if not re.fullmatch(r"[a-z]+([A-Z][a-z0-9]*)*", name)] == []


@pytest.mark.parametrize("service", contracts.services())
def test_every_operation_says_who_may_call_it(service: str) -> None:
    silent = [
        where
        for where, described in operations(service)
        if "security" not in described or (not described["security"] and not described.get("x-anonymous"))
    ]

    assert silent == []


@pytest.mark.parametrize("service", contracts.services())
def test_every_reference_leads_somewhere(service: str) -> None:
    document = contracts.openapi(service)

    for reference in references(document):
        node: Any = document
        for part in reference.removeprefix("#/").split("/"):
            node = node[part]


@pytest.mark.parametrize("service", contracts.services())
def test_no_member_of_a_contract_is_empty(service: str) -> None:
    """A comma in an unquoted description makes a second, empty member of it."""

    def empty(node: Any, where: str) -> list[str]:
        if isinstance(node, dict):
            return [place for key, value in node.items() for place in empty(value, f"{where}/{key}")]
        if isinstance(node, list):
            return [place for value in node for place in empty(value, where)]
        return [where] if node is None and not where.endswith("enum") else []

    assert empty(contracts.openapi(service), "") == []


def test_every_scope_is_used_and_held() -> None:
    used = {
        scope
        for service in contracts.services()
        for _, described in operations(service)
        for option in described.get("security") or []
        for scope in option.get("baraza", [])
    }
    declared = contracts.scopes()

    assert used - set(declared) == set()
    assert set(declared) - used == set()
    assert [name for name, scope in declared.items() if not scope["roles"] and not scope["applications"]] == []


def test_every_identifier_carries_a_pattern() -> None:
    loose = [
        (service, name)
        for service in contracts.services()
        for name, schema in contracts.openapi(service)["components"].get("schemas", {}).items()
        if schema.get("format") == "uuid" and "pattern" not in schema
    ]

    assert loose == []


def test_a_document_is_the_callers_own() -> None:
    contracts.openapi("engagement")["paths"].clear()

    assert contracts.openapi("engagement")["paths"]


def test_an_unknown_service_is_refused() -> None:
    with pytest.raises(contracts.UnknownContract):
        contracts.openapi("weather")
