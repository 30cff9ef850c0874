"""Facts and rumours on the wire."""

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from chassis.clock import text
from engagement.facts.model import Answer, FactBox, Rumour, RumourStatus, Source


def sources(body: dict[str, Any]) -> tuple[Source, ...]:
    """What a body rests on."""
    return tuple(Source(each["title"], each["address"]) for each in body["sources"])


def answer(body: dict[str, Any]) -> Answer:
    """What the institution says about a rumour."""
    return Answer(RumourStatus(body["status"]), body["answer"], sources(body))


def box(of: FactBox) -> dict[str, Any]:
    """One version of the facts."""
    return {"number": of.number, "body": of.body, "sources": _spelled(of.sources), "at": text(of.at)}


def rumour(of: Rumour) -> dict[str, Any]:
    """A rumour with the institution's answer."""
    return {
        "id": str(of.id),
        "number": of.number,
        "claim": of.claim,
        "status": of.answer.status,
        "answer": of.answer.words,
        "sources": _spelled(of.answer.sources),
        "at": text(of.at),
    }


def _spelled(of: Sequence[Source]) -> list[dict[str, str]]:
    return [asdict(each) for each in of]
