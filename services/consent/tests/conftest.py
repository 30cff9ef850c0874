"""What consent's tests stand on; the chassis' plugin gives database, broker, app and client."""

from collections.abc import Callable
from dataclasses import replace

import pytest

from chassis.runtime import Service
from chassis.settings import ServiceSettings
from chassis.testing.client import Client, Speaker
from consent.app import SERVICE
from consent.settings import Settings

ADA = "ada-pairwise-here"
BEA = "bea-pairwise-here"
ENGAGEMENT = "BARAZA/GOV/1001/engagement"


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
    """Configures and audits."""
    scopes = ["consent.configure", "consent.audit", "consent.verify", "consent.read"]
    return client(subject="administrator", roles=["administrator"], scopes=scopes)


@pytest.fixture
def joining(client: Callable[..., Client], app: object, speaker: Speaker) -> Callable[[str], Client]:
    """`joining(subject)`: engagement's job, on behalf of a person who is not present."""

    def speak(subject: str) -> Client:
        return OnBehalf(app, speaker, "consent", {"application": ENGAGEMENT, "scopes": ["consent.record"]}, subject)

    return speak


@pytest.fixture
def person(client: Callable[..., Client]) -> Callable[[str], Client]:
    """`person(subject)`: a participant at the portal."""
    return lambda subject: client(subject=subject, roles=["participant"], scopes=["consent.own", "consent.read"])


class OnBehalf(Client):
    """A call with a person and no sign-in, as the mediator makes it of Baraza-On-Behalf-Of."""

    def __init__(self, app: object, speaker: Speaker, audience: str, caller: dict[str, object], subject: str) -> None:
        super().__init__(app, _Standing(speaker, subject), audience, caller)  # type: ignore[arg-type]


class _Standing:
    def __init__(self, speaker: Speaker, subject: str) -> None:
        self._speaker, self._subject = speaker, subject

    def context(self, audience: str, caller: dict[str, object]) -> str:
        return self._speaker.context(audience, caller, sub=self._subject)


@pytest.fixture
def make_policy(administrator: Client) -> Callable[..., dict[str, object]]:
    """`make_policy(id=…)`: a policy that stands."""

    def make(**values: object) -> dict[str, object]:
        written = {"id": "privacy-2026", "name": "Privacy", "version": "1", "url": "https://example.org/privacy/1"}
        answer = administrator.post("/config/policy/", {"policy": written | values})
        assert answer.status == 200, answer.body
        body: dict[str, object] = answer.body
        return body

    return make


@pytest.fixture
def make_agreement(administrator: Client, make_policy: Callable[..., dict[str, object]]) -> Callable[..., object]:
    """`make_agreement(id=…)`: an active agreement; with it the policy that it names, if that is not there."""

    def make(**values: object) -> dict[str, object]:
        if administrator.get("/config/policy/privacy-2026/").status != 200:
            make_policy()
        answer = administrator.post("/config/data-agreement/", {"dataAgreement": AGREEMENT | values})
        assert answer.status == 200, answer.body
        body: dict[str, object] = answer.body
        return body

    return make


WORDS = {
    "stored": "Name and address",
    "why": "To send you the answer",
    "howLong": "Two years",
    "whoSees": "The office",
    "withdraw": "On your page",
}
AGREEMENT = {
    "id": "participation",
    "version": "1",
    "policy": {"id": "privacy-2026"},
    "purpose": "Taking part",
    "lawfulBasis": "consent",
    "dpia": "https://example.org/dpia/1",
    "texts": {"en": WORDS},
}
