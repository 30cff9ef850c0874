"""The operation table: every operation of the contract has exactly one function, and every function an operation.

A gap either way, an operation that is neither secured nor openly anonymous, or a scope that `scopes/` does not
know stops the start: better no service than one that lies about itself.
"""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from inspect import getmembers, isfunction
from types import ModuleType
from typing import Any

import contracts

_VERBS = ("get", "put", "post", "delete", "patch", "head", "options")


class Gap(RuntimeError):
    """Contract and code do not agree; the message lists each point."""


@dataclass(frozen=True)
class Operation:
    """One operation: its function and what the contract says of it."""

    id: str
    function: Callable[..., Any]
    statuses: dict[str, int] = field(default_factory=dict)
    remembers: bool = False  # takes an Idempotency-Key


def table(document: dict[str, Any], modules: Iterable[ModuleType]) -> dict[str, Operation]:
    """The operations by operationId. Raises Gap."""
    functions, gaps = _functions(modules)
    operations = {}
    for where, described in _described(document):
        name = described.get("operationId")
        if not name:
            gaps.append(f"{where} has no operationId")
            continue
        gaps += _unsecured(name, described)
        function = functions.pop(snake(name), None)
        if function is None:
            gaps.append(f"{name} has no function {snake(name)}")
        else:
            operations[name] = Operation(name, function, described.get("x-status", {}), _remembers(document, described))
    gaps += [f"{function.__module__}.{name} answers no operation" for name, function in functions.items()]
    if gaps:
        raise Gap("; ".join(gaps))
    return operations


def in_order(document: dict[str, Any]) -> dict[str, Any]:
    """The same contract with concrete addresses before templated ones of the same shape, which is the order in which
    they are matched (OpenAPI 3.0.3, "Path Templating Matching"); connexion's two routers would each have an own one."""
    paths = sorted(document["paths"].items(), key=lambda item: ["{" in part for part in item[0].split("/")])
    return document | {"paths": dict(paths)}


def snake(operation_id: str) -> str:
    """`endorseProposal` → `endorse_proposal`."""
    return re.sub(r"(?<!^)(?=[A-Z])", "_", operation_id).lower()


def _described(document: dict[str, Any]) -> Iterator[tuple[str, dict[str, Any]]]:
    for path, item in document["paths"].items():
        for verb in _VERBS:
            if verb in item:
                yield f"{verb.upper()} {path}", item[verb]


def _functions(modules: Iterable[ModuleType]) -> tuple[dict[str, Callable[..., Any]], list[str]]:
    found: dict[str, Callable[..., Any]] = {}
    gaps = []
    for module in modules:
        for name, function in getmembers(module, isfunction):
            if name.startswith("_") or function.__module__ != module.__name__:
                continue
            if name in found:
                gaps.append(f"{name} stands in {found[name].__module__} and in {module.__name__}")
            found[name] = function
    return found, gaps


def _unsecured(name: str, described: dict[str, Any]) -> list[str]:
    security = described.get("security")
    if security is None:
        return [f"{name} does not say who may call it"]
    if not security:
        return [] if described.get("x-anonymous") else [f"{name} is open to all without saying why (x-anonymous)"]
    scopes = [scope for option in security for scope in option.get("baraza", [])]
    if not scopes:
        return [f"{name} asks for no scope"]
    return [f"{name} asks for the unknown scope {scope}" for scope in scopes if scope not in contracts.scopes()]


def _remembers(document: dict[str, Any], described: dict[str, Any]) -> bool:
    references = [each.get("$ref", "") for each in described.get("parameters", [])]
    return any(reference.endswith("/IdempotencyKey") for reference in references)
