"""Which changes of a contract break those who rely on it.

A request may only ask less, an answer may only give more. An event is both: its consumers read new ones, and the log
still holds old ones, which are checked against the new schema when they are read.
"""

from collections.abc import Iterator
from dataclasses import dataclass, field
from enum import Flag, auto
from typing import Any

Document = dict[str, Any]  # a JSON object of a contract
_VERBS = ("get", "put", "post", "delete", "patch", "head", "options")
_UPPER, _LOWER = ("maxLength", "maximum", "maxItems", "maxProperties"), ("minLength", "minimum", "minItems")


class Reader(Flag):
    """Who reads a value: we (a request), they (an answer), or both (an event)."""

    WE = auto()
    THEY = auto()


@dataclass
class Schemas:
    """Compares schemas of two documents, whose references it follows."""

    before: Document
    after: Document
    _seen: set[tuple[str, str]] = field(default_factory=set)

    def breaks(self, old: Document, new: Document, place: str, reader: Reader) -> Iterator[str]:
        """What is broken at this place and below."""
        mark = (f"{old.get('$ref')} {new.get('$ref')}", reader.name or "")
        if "$ref" in old and "$ref" in new:
            if mark in self._seen:
                return
            self._seen.add(mark)
        old, new = _resolved(old, self.before), _resolved(new, self.after)
        if old.get("type") != new.get("type"):
            yield f"{place} was {old.get('type', 'anything')} and is {new.get('type', 'anything')}"
            return
        yield from _values(old, new, place, reader)
        yield from self._members(old, new, place, reader)
        if isinstance(old.get("items"), dict) and isinstance(new.get("items"), dict):
            yield from self.breaks(old["items"], new["items"], f"{place}[]", reader)
        for word in ("oneOf", "anyOf"):
            for number, (one, other) in enumerate(zip(old.get(word, ()), new.get(word, ()), strict=False)):
                yield from self.breaks(one, other, f"{place}({number})", reader)
            if len(new.get(word, ())) < len(old.get(word, ())) and Reader.WE in reader:
                yield f"{place} takes fewer alternatives"

    def _members(self, old: Document, new: Document, place: str, reader: Reader) -> Iterator[str]:
        had, has = old.get("properties", {}), new.get("properties", {})
        needed, needs = set(old.get("required", ())), set(new.get("required", ()))
        for name in had:
            if name not in has:
                yield f"{place}.{name} is gone"
            else:
                yield from self.breaks(had[name], has[name], f"{place}.{name}", reader)
        if Reader.WE in reader:
            for name in sorted(needs - needed):
                yield f"{place}.{name} is required now"
            if new.get("additionalProperties") is False and old.get("additionalProperties", True) is not False:
                yield f"{place} takes no further members now"
        if Reader.THEY in reader:
            for name in sorted((needed - needs) & set(has)):
                yield f"{place}.{name} may be missing now"


def operations(old: Document, new: Document) -> Iterator[str]:
    """What a new OpenAPI document breaks for callers of the old one."""
    was, is_now = _operations(old), _operations(new)
    for place, described in was.items():
        if place not in is_now:
            yield f"{place} is gone"
        else:
            yield from _operation(described, is_now[place], place, Schemas(old, new))


def events(old: Document, new: Document, place: str) -> Iterator[str]:
    """What a new schema of an event breaks for consumers, and for old events in the log."""
    yield from Schemas(old, new).breaks(old, new, place, Reader.WE | Reader.THEY)


def _operation(old: Document, new: Document, place: str, schemas: Schemas) -> Iterator[str]:
    if old.get("operationId") != new.get("operationId"):
        yield f"{place} was {old.get('operationId')} and is {new.get('operationId')}"
    if not any(option <= asked for option in _scopes(new) for asked in _scopes(old)):
        yield f"{place} asks for other scopes"
    yield from _parameters(old, new, place, schemas)
    yield from _body(old, new, place, schemas)
    answers = {status: answer for status, answer in old.get("responses", {}).items() if str(status).startswith("2")}
    for status, answer in answers.items():
        if status not in new.get("responses", {}):
            yield f"{place} does not answer {status} any more"
        else:
            now = new["responses"][status]
            yield from _contents(answer, now, f"{place} {status}", schemas, Reader.THEY)


def _parameters(old: Document, new: Document, place: str, schemas: Schemas) -> Iterator[str]:
    took, takes = _by_name(old, schemas.before), _by_name(new, schemas.after)
    for name, parameter in took.items():
        if name not in takes:
            yield f"{place} does not take {name} any more"
        else:
            now = takes[name].get("schema", {})
            yield from schemas.breaks(parameter.get("schema", {}), now, f"{place} {name}", Reader.WE)
    for name, parameter in takes.items():
        if parameter.get("required") and not took.get(name, {}).get("required"):
            yield f"{place} {name} is required now"


def _body(old: Document, new: Document, place: str, schemas: Schemas) -> Iterator[str]:
    sent, sends = old.get("requestBody"), new.get("requestBody")
    if sends and sends.get("required") and not (sent or {}).get("required"):
        yield f"{place} needs a body now"
    if sent and not sends:
        yield f"{place} takes no body any more"
    elif sent and sends:
        yield from _contents(sent, sends, f"{place} body", schemas, Reader.WE)


def _contents(old: Document, new: Document, place: str, schemas: Schemas, reader: Reader) -> Iterator[str]:
    had = _resolved(old, schemas.before).get("content", {})
    has = _resolved(new, schemas.after).get("content", {})
    for media, described in had.items():
        if media not in has:
            yield f"{place} is not {media} any more"
        else:
            yield from schemas.breaks(described.get("schema", {}), has[media].get("schema", {}), place, reader)


def _values(old: Document, new: Document, place: str, reader: Reader) -> Iterator[str]:
    if Reader.WE not in reader:
        return
    if "enum" in new and (gone := set(map(str, old.get("enum", ("anything",)))) - set(map(str, new["enum"]))):
        yield f"{place} does not take {', '.join(sorted(gone))} any more"
    for word in _UPPER:
        if word in new and new[word] < old.get(word, float("inf")):
            yield f"{place} has a smaller {word}"
    for word in _LOWER:
        if word in new and new[word] > old.get(word, float("-inf")):
            yield f"{place} has a greater {word}"
    for word in ("pattern", "format"):
        if word in new and new[word] != old.get(word):
            yield f"{place} has another {word}"


def _operations(document: Document) -> dict[str, Document]:
    found = {}
    for path, item in document.get("paths", {}).items():
        for verb in _VERBS:
            if verb in item:
                parameters = [*item.get("parameters", []), *item[verb].get("parameters", [])]
                found[f"{verb.upper()} {path}"] = {**item[verb], "parameters": parameters}
    return found


def _scopes(operation: Document) -> list[set[str]]:
    """What each alternative asks; nothing when the operation is anonymous."""
    return [set(option.get("baraza", ())) for option in operation.get("security") or [{}]]


def _by_name(operation: Document, document: Document) -> dict[str, Document]:
    resolved = (_resolved(parameter, document) for parameter in operation.get("parameters", ()))
    return {f"{parameter['in']} {parameter['name']}": parameter for parameter in resolved}


def _resolved(node: Document, document: Document) -> Document:
    """The node with its reference followed and its `allOf` parts laid together."""
    while "$ref" in node:
        target: Any = document
        for part in node["$ref"].removeprefix("#/").split("/"):
            target = target[part]
        node = target
    for part in node.get("allOf", ()):
        extra = _resolved(part, document)
        node = {**extra, **node}
        node["properties"] = {**extra.get("properties", {}), **node.get("properties", {})}
        node["required"] = [*extra.get("required", ()), *node.get("required", ())]
    return node
