"""The rules of moderation on the wire."""

from dataclasses import asdict
from typing import Any

from chassis.schemas import camel
from engagement.rulebook.model import Filter, Rules

_PLAIN = (
    "hold_after_reports",
    "words",
    "links_most",
    "repeats_most",
    "capitals_percent",
    "new_account_minutes",
    "appeal_days",
    "answer_days",
    "version",
)


def rules(body: dict[str, Any]) -> Rules:
    """All of them; the contract has checked that none is missing."""
    plain = {name: body[camel(name)] for name in _PLAIN}
    return Rules(**plain, holds=tuple(map(Filter, body["holds"])))


def shown(of: Rules) -> dict[str, Any]:
    """The same, as it is asked for."""
    return {camel(name): value for name, value in asdict(of).items()} | {"holds": list(of.holds)}
