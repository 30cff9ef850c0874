"""What became of the client's requests, folded from its ledger: done, refused, or nobody knows."""

from collections import defaultdict
from dataclasses import dataclass
from enum import StrEnum
from typing import Any

from tests.faults.checker.evidence import Evidence


class Outcome(StrEnum):
    DONE = "done"
    REFUSED = "refused"
    UNKNOWN = "unknown"


@dataclass(frozen=True)
class Operation:
    """What the client wanted, however often it asked. `answer` is the id that it was given; None without one."""

    kind: str
    about: dict[str, Any]
    outcome: Outcome
    answer: str | None


def operations(evidence: Evidence) -> list[Operation]:
    """In the order in which they were first asked."""
    attempts: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for line in evidence.lines("attempt"):
        attempts[line["operation"]].append(line)
    return [_folded(lines) for lines in attempts.values()]


def _folded(lines: list[dict[str, Any]]) -> Operation:
    done = [line for line in lines if line["status"] is not None and line["status"] < 300]
    refused = all(line["status"] is not None and 400 <= line["status"] < 500 for line in lines)
    outcome = Outcome.DONE if done else Outcome.REFUSED if refused else Outcome.UNKNOWN
    return Operation(lines[0]["kind"], lines[0]["about"], outcome, done[-1]["answer"] if done else None)
