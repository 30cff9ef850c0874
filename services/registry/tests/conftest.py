"""What the registry's tests stand on; the chassis' plugin gives database, broker, app and client."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import pytest

from chassis.app import App
from chassis.runtime import Service
from chassis.settings import ServiceSettings
from chassis.testing.client import Client, Reply, Speaker
from registry.app import SERVICE
from registry.settings import Settings

ENGAGEMENT = "BARAZA/GOV/1001/engagement"
MESSAGING = "BARAZA/GOV/1001/messaging"
PARTICIPANTS = {
    "name": "participants",
    "oneEntryPerPerson": True,
    "sealed": ["displayName", "email"],
    "schema": {
        "type": "object",
        "additionalProperties": False,
        "required": ["displayName"],
        "properties": {
            "displayName": {"type": "string", "minLength": 1, "maxLength": 80},
            "email": {"type": "string", "format": "email", "maxLength": 254},
            "language": {"type": "string", "minLength": 2, "maxLength": 35},
        },
    },
}


@pytest.fixture
def service() -> Service:
    return SERVICE


@pytest.fixture
def settings_type() -> type[ServiceSettings]:
    return Settings


@pytest.fixture
def settings(settings: ServiceSettings) -> ServiceSettings:
    """With a sealing key, as every installation has one."""
    return replace(settings, sealing_key="5a" * 32)


@pytest.fixture
def administrator(client: Callable[..., Client]) -> Client:
    """Configures, lists and audits."""
    scopes = ["registry.configure", "registry.list", "registry.audit"]
    return client(subject="administrator", roles=["administrator"], scopes=scopes)


@pytest.fixture
def messaging(client: Callable[..., Client]) -> Client:
    """Asks for addresses by itself."""
    return client(application=MESSAGING, scopes=["registry.contact"])


@pytest.fixture
def person(client: Callable[..., Client]) -> Callable[[str], Client]:
    """`person(subject)`: a participant at the portal."""
    return lambda subject: client(subject=subject, roles=["participant"], scopes=["registry.own"])


@pytest.fixture
def joining(app: App, speaker: Speaker) -> Callable[..., Client]:
    """`joining(subject)`: engagement's job, on behalf of a person who is not present."""

    def speak(subject: str, application: str = ENGAGEMENT) -> Client:
        caller = {"application": application, "scopes": ["registry.enter"]}
        return Client(app, _Standing(speaker, subject), "registry", caller)  # type: ignore[arg-type]

    return speak


class _Standing:
    """Signs contexts with a person and no sign-in, as the mediator does for Baraza-On-Behalf-Of."""

    def __init__(self, speaker: Speaker, subject: str) -> None:
        self._speaker, self._subject = speaker, subject

    def context(self, audience: str, caller: dict[str, Any]) -> str:
        return self._speaker.context(audience, caller, sub=self._subject)


@pytest.fixture
def make_registry(administrator: Client) -> Callable[..., dict[str, Any]]:
    """`make_registry(name=…)`: a published version of the registry of participants, or of another."""

    def make(**values: Any) -> dict[str, Any]:
        drafted = administrator.post("/v1/registries", PARTICIPANTS | values)
        assert drafted.status == 201, drafted.body
        address = f"/v1/registries/{drafted.body['name']}/{drafted.body['version']}/publication"
        published = administrator.post(address)
        assert published.status == 200, published.body
        body: dict[str, Any] = published.body
        return body

    return make


@pytest.fixture
def enter(joining: Callable[..., Client]) -> Callable[..., str]:
    """`enter(subject, email=…)`: a participant's entry; its id."""

    def make(subject: str, **values: Any) -> str:
        content = {"displayName": subject.title(), "email": f"{subject}@example.org", "language": "en"} | values
        reply: Reply = joining(subject).post("/data/participants/1/create", {"write": {"content": content}})
        assert reply.status == 200, reply.body
        return str(reply.body["content"]["id"])

    return make
