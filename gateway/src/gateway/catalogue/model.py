"""Applications, their services, and one immutable picture of everything that is registered."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from urllib.parse import urlsplit

from chassis.errors import Invalid, NotFound
from gateway.access.model import Right
from gateway.access.policy import Rights, compile_rights
from gateway.members.model import ClientId, Member

API = "api"  # the code of an application's service where none other is named


class UnknownMember(NotFound):
    """No such member takes part."""


class UnknownService(NotFound):
    """The application has no such service, or there is no such application."""


class InvalidAddress(Invalid):
    """A service lives at something that is no plain HTTP address."""


@dataclass(frozen=True, slots=True)
class Service:
    """A service of an application. A call's path is appended to `base_url`, which has no slash at its end."""

    application: ClientId
    code: str
    base_url: str


@dataclass(frozen=True, slots=True)
class Application:
    """An application of a member. `name` is for people."""

    id: ClientId
    name: str


@dataclass(frozen=True, slots=True)
class Registrations:
    """Everything that is registered, as it is stored."""

    members: tuple[Member, ...]
    applications: tuple[Application, ...]
    services: tuple[Service, ...]
    rights: tuple[Right, ...]


@dataclass(frozen=True, slots=True)
class Snapshot:
    """Registrations compiled for looking up; `version` is the one that they were stored under."""

    version: int
    members: frozenset[str]
    base_urls: Mapping[tuple[ClientId, str], str]
    rights: Rights

    def base_url(self, application: ClientId, service: str) -> str:
        """Where the service lives. Raises UnknownMember, UnknownService."""
        found = self.base_urls.get((application, service))
        if found is not None:
            return found
        if application.owner not in self.members:
            raise UnknownMember(f"No member {application.owner} takes part.")
        raise UnknownService(f"There is no service {application}/{service}.")


def compiled(registrations: Registrations, version: int) -> Snapshot:
    """The picture of these registrations."""
    return Snapshot(
        version=version,
        members=frozenset(map(str, registrations.members)),
        base_urls={(service.application, service.code): service.base_url for service in registrations.services},
        rights=compile_rights(registrations.rights),
    )


def address(text: str) -> str:
    """A service's base address without a slash at its end. Raises InvalidAddress."""
    parts = urlsplit(text)
    plain = parts.scheme in {"http", "https"} and parts.hostname and not (parts.query or parts.fragment)
    if not plain or "@" in parts.netloc or "?" in text or "#" in text or not _visible(text):
        raise InvalidAddress(f"A service lives at http(s)://host[:port][/path]: {text!r}")
    return text.rstrip("/")


def _visible(text: Iterable[str]) -> bool:
    return all("!" <= letter <= "~" and letter != "\\" for letter in text)
