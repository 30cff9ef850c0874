"""The catalogue file: YAML in, registrations out. The only place that knows its spelling."""

from collections.abc import Iterator
from typing import Any

import yaml

from chassis.errors import Invalid, Refusal
from gateway.access.model import ANONYMOUS, ANY_METHOD, Right
from gateway.catalogue.model import API, Application, Registrations, Service, address
from gateway.members.model import ClientId, Member, code

Item = dict[str, Any]  # a mapping of the file; every field is checked where it is read


class BadCatalogue(Invalid):
    """The catalogue file says something that cannot be registered."""


def registrations(text: str) -> Registrations:
    """Read the file. Raises BadCatalogue, which names the place."""
    try:
        document = yaml.safe_load(text) or {}
        members = list(_items(document, "members", {"id", "name", "applications"}))
        found = [(_member(item), application) for item in members for application in _applications(item)]
        known = {str(_application(member, item).id) for member, item in found}
        return Registrations(
            members=tuple(map(_member, members)),
            applications=tuple(_application(member, item) for member, item in found),
            services=tuple(service for member, item in found for service in _services(member, item)),
            rights=tuple(dict.fromkeys(right for item in _rights(document) for right in _expanded(item, known))),
        )
    except (yaml.YAMLError, KeyError, TypeError, Refusal) as error:
        raise BadCatalogue(f"{type(error).__name__}: {error}") from error


def _member(item: Item) -> Member:
    return Member.parse(item["id"], item.get("name", ""))


def _applications(item: Item) -> Iterator[Item]:
    return _items(item, "applications", {"code", "name", "url", "services"})


def _application(member: Member, item: Item) -> Application:
    return Application(ClientId.of([*str(member).split("/"), code(item["code"])]), item.get("name", ""))


def _services(member: Member, item: Item) -> Iterator[Service]:
    """`url` is the address of the service `api`; `services` names others, `{code: address}`."""
    named = ({API: item["url"]} if "url" in item else {}) | item.get("services", {})
    owner = _application(member, item).id
    return (Service(owner, code(name), address(url)) for name, url in named.items())


def _rights(document: Item) -> Iterator[Item]:
    return _items(document, "rights", {"subject", "application", "methods", "path", "on_behalf"})


def _expanded(item: Item, known: set[str]) -> Iterator[Right]:
    """Lists of subjects, applications and paths stand for a right each."""
    methods = frozenset(_many(item.get("methods", ANY_METHOD)))
    for subject in _many(item["subject"]):
        for application in _many(item["application"]):
            if application not in known or subject not in known | {ANONYMOUS}:
                raise BadCatalogue(f"a right of {subject} to {application} names an application that is not here")
            for path in _many(item["path"]):
                yield Right(subject, application, methods, path, item.get("on_behalf", False) is True)


def _items(document: Item, key: str, known: set[str]) -> Iterator[Item]:
    for item in document.get(key) or ():
        if unknown := set(item) - known:
            raise BadCatalogue(f"{key}: unknown field {', '.join(sorted(unknown))}")
        yield item


def _many(value: Any) -> list[str]:  # Any: one word or a list of them
    words = value if isinstance(value, list) else [value]
    if not words or not all(isinstance(word, str) for word in words):
        raise BadCatalogue(f"{value!r} is neither a word nor a list of words")
    return words
