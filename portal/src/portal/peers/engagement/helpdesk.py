"""The help desk."""

from dataclasses import dataclass
from datetime import datetime

from portal.peers.gateway import Gateway
from portal.peers.wire import read

TOPICS = ("registration", "sign_in", "participation", "my_data", "accessibility", "other")


@dataclass(frozen=True, slots=True)
class Case:
    """`code` opens it to whoever asked; `id` is None for her, and what officials answer by."""

    topic: str
    question: str
    state: str  # open, answered
    asked_at: datetime
    answer: str | None = None
    answered_at: datetime | None = None
    code: str | None = None
    id: str | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Cases:
    items: tuple[Case, ...]
    next: str | None = None


def ask(gateway: Gateway, topic: str, question: str, language: str, key: str) -> Case:
    body = {"topic": topic, "question": question, "language": language}
    return read(Case, gateway.post("engagement", "v1/help-cases", body=body, idempotency_key=key))


def case(gateway: Gateway, code: str) -> Case:
    return read(Case, gateway.get("engagement", f"v1/help-cases/{code}"))


def cases(gateway: Gateway, state: str, cursor: str | None) -> Cases:
    """Who has waited longest comes first."""
    return read(Cases, gateway.get("engagement", "v1/help-cases", query={"state": state, "cursor": cursor}))


def answer(gateway: Gateway, case_id: str, text: str) -> None:
    gateway.post("engagement", f"v1/help-desk/{case_id}/answer", body={"answer": text})
