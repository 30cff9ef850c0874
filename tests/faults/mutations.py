"""Errors to plant in the state of a green run: each turns the invariant that it breaks red, and no other.

Without this list a green check would mean little. Those of databases stand in `mutations.yaml`.
"""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from uuid import uuid4

import yaml

from tests.faults.copy import Copy, Line

_TABLES = Path(__file__).with_suffix(".yaml")


@dataclass(frozen=True)
class Mutation:
    """`breaks` names the invariant."""

    name: str
    breaks: str
    plant: Callable[[Copy], None]


def _in_tables() -> list[Mutation]:
    def planting(block: str, statement: str) -> Callable[[Copy], None]:
        return lambda copy: copy.sql(block, statement)

    rows = yaml.safe_load(_TABLES.read_text())
    return [Mutation(row["plant"], row["breaks"], planting(row["in"], row["sql"])) for row in rows]


def _at_the_client(name: str, breaks: str, change: Callable[[list[Line]], list[Line]]) -> Mutation:
    return Mutation(name, breaks, lambda copy: copy.ledger(change))


def _in_the_mail(name: str, change: Callable[[list[Line]], list[Line]]) -> Mutation:
    return Mutation(name, "I5", lambda copy: copy.mail(change))


def _operation(lines: list[Line], kind: str) -> Line:
    """The last acknowledged attempt of a kind."""
    return [line for line in lines if line.get("kind") == kind and line.get("status") in (200, 201)][-1]


def _refused(lines: list[Line]) -> list[Line]:
    """The ledger says that it was refused, and it is there. Its exchange is left out, so that the log agrees."""
    line = _operation(lines, "comment")
    others = [each for each in lines if each.get("operation") != line["operation"]]
    return [*others, line | {"status": 422, "exchange": None}]


def _gone(lines: list[Line]) -> list[Line]:
    line = _operation(lines, "proposal")
    return [*lines, line | {"operation": str(uuid4()), "about": {"mark": str(uuid4())}, "exchange": None}]


def _replaced(lines: list[Line]) -> list[Line]:
    line = _operation(lines, "decide")
    about = line["about"] | {"outcome": "postponed"}
    return [*lines, line | {"operation": str(uuid4()), "about": about, "exchange": None}]


def _taken_back(lines: list[Line]) -> list[Line]:
    line = _operation(lines, "endorse")
    return [*lines, line | {"operation": str(uuid4()), "kind": "withdraw", "status": 204, "exchange": None}]


def _misread(lines: list[Line]) -> list[Line]:
    line = next(each for each in lines if each["line"] == "figures")
    line["figures"]["endorsements"] += 1
    return lines


def _misheard(lines: list[Line]) -> list[Line]:
    _operation(lines, "comment")["answered"] = "another body"
    return lines


MUTATIONS = (
    *_in_tables(),
    _at_the_client("something refused that is there", "I1", _refused),
    _at_the_client("something acknowledged that is gone", "I1", _gone),
    _at_the_client("a decision that was undone", "I1", _replaced),
    _at_the_client("support taken back that still counts", "I1", _taken_back),
    _at_the_client("figures that nobody counted", "I2", _misread),
    _at_the_client("an answer that the log does not know", "I10", _misheard),
    _at_the_client(
        "a recovery that took too long",
        "I13",
        lambda lines: [*lines, {"line": "fault", "fault": "a test", "ready": 99.0, "rest": 1.0}],
    ),
    _at_the_client(
        "poison that nobody found",
        "I14",
        lambda lines: [
            *lines,
            {"line": "planted", "topic": "engagement-proposals", "id": str(uuid4()), "poison": True},
        ],
    ),
    _in_the_mail("a mail that left twice", lambda lines: [*lines, lines[0]]),
    _in_the_mail("a mail that never left", lambda lines: lines[1:]),
    _in_the_mail("a mail of nobody's", lambda lines: [*lines, {"message_id": f"<{uuid4()}@baraza.example>"}]),
)
