"""What the building blocks promise each other, as data, and a loader of it.

A contract is a folder, one file a slice (or a block); its files are merged, because the server takes one resolved
document. Everything returned is fresh or immutable: no caller can change another's contract.
"""

import copy
import json
import pickle
from functools import cache
from importlib.resources import files
from importlib.resources.abc import Traversable
from typing import Any

import yaml

Document = dict[str, Any]  # a JSON object of a contract; its shape is what the contract's own tests check
_ROOT = files(__name__)
_LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)  # the C loader reads 50 KB in 14 ms, the Python one in 108


class UnknownContract(LookupError):
    """Nothing of this name is promised."""


def services() -> list[str]:
    """Names of all blocks with an HTTP contract, sorted."""
    return sorted(entry.name for entry in (_ROOT / "openapi").iterdir() if not entry.name.startswith("_"))


def openapi(service: str) -> Document:
    """The service's whole OpenAPI 3.0.3 document. Raises UnknownContract."""
    document: Document = pickle.loads(_openapi(service))  # noqa: S301 - our own bytes; a tenth of deepcopy's cost
    return document


def topics() -> dict[str, Document]:
    """Every topic by name: description, owner, producers, consumers, key, retention and its event types."""
    return copy.deepcopy(_topics())


def topic_of(event_type: str) -> str:
    """The topic that carries this event type. Raises UnknownContract."""
    try:
        return _topic_by_type()[event_type]
    except KeyError:
        raise UnknownContract(event_type) from None


def event_types() -> list[str]:
    """All event types of all topics, sorted, for example `engagement.proposal-endorsed.v1`."""
    return sorted(_topic_by_type())


@cache
def event_schema(event_type: str) -> Document:
    """JSON Schema (2020-12) of the event's data. Raises UnknownContract."""
    return _json(_ROOT / "events" / "schemas" / f"{event_type}.json", event_type)


def event_examples(event_type: str) -> list[Document]:
    """Examples of the event's data, at least one a type."""
    folder = _ROOT / "events" / "examples" / event_type
    return [_json(path, event_type) for path in sorted(folder.iterdir(), key=lambda path: path.name)]


@cache
def problems() -> dict[str, Document]:
    """Every problem type by slug: title, status, meaning, what the caller can do."""
    return _folder(_ROOT / "problems")


def problem(slug: str) -> Document:
    """One problem type. Raises UnknownContract."""
    try:
        return problems()[slug]
    except KeyError:
        raise UnknownContract(slug) from None


@cache
def metrics() -> dict[str, Document]:
    """Every metric by name: type, unit, labels, meaning, emitter."""
    declared: dict[str, Document] = _folder(_ROOT / "telemetry")["metrics"]
    return declared


@cache
def log_fields() -> dict[str, str]:
    """Every fact that a log line may say beside its message, with its meaning."""
    declared: dict[str, str] = _folder(_ROOT / "telemetry")["log_fields"]
    return declared


@cache
def scopes() -> dict[str, Document]:
    """Every scope by name: its meaning, the roles whose people hold it and the applications that may hold it."""
    return _folder(_ROOT / "scopes")


@cache
def _openapi(service: str) -> bytes:
    folder = _ROOT / "openapi" / service
    if not folder.is_dir():
        raise UnknownContract(service)
    document = _folder(_ROOT / "openapi" / "_shared")
    _merge(document, _folder(folder), service)
    return pickle.dumps(document)


@cache
def _topics() -> dict[str, Document]:
    folder = _ROOT / "events" / "topics"
    return {path.name.removesuffix(".yaml"): _yaml(path) for path in sorted(folder.iterdir(), key=lambda p: p.name)}


@cache
def _topic_by_type() -> dict[str, str]:
    return {event_type: name for name, topic in _topics().items() for event_type in topic["events"]}


def _folder(folder: Traversable) -> Document:
    """All YAML files of a folder as one document: a folder is a contract, a file is a slice of it."""
    document: Document = {}
    for path in sorted(folder.iterdir(), key=lambda entry: entry.name):
        _merge(document, _yaml(path), path.name)
    return document


def _merge(into: Document, part: Document, where: str) -> None:
    for key, value in part.items():
        if isinstance(value, dict) and isinstance(into.get(key), dict):
            _merge(into[key], value, where)
        elif key in into:
            raise ValueError(f"{where} says '{key}' a second time")
        else:
            into[key] = copy.deepcopy(value)


def _yaml(path: Traversable) -> Document:
    loaded: Document = yaml.load(path.read_text("utf-8"), Loader=_LOADER)  # noqa: S506 - the C twin of SafeLoader
    return loaded


def _json(path: Traversable, name: str) -> Document:
    if not path.is_file():
        raise UnknownContract(name)
    loaded: Document = json.loads(path.read_text("utf-8"))
    return loaded
