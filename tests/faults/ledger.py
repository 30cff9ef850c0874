"""The client's ledger: what was asked and answered, a line an attempt, written before anything follows from it."""

import json
import threading
from datetime import UTC, datetime
from pathlib import Path
from typing import Any


class Ledger:
    """Append-only. No answer, or one of 500 and more, is written as it is: nobody knows what became of that request."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._lock = threading.Lock()

    def attempt(
        self,
        operation: str,
        kind: str,
        about: dict[str, Any],
        *,
        body: str,
        status: int | None = None,
        exchange: str | None = None,
        answered: str | None = None,
        answer: str | None = None,
    ) -> None:
        """`body` and `answered` are hashes as the message log writes them, `exchange` the mediator's id of the call,
        `answer` the id that a new thing was given."""
        self._write(
            line="attempt", operation=operation, kind=kind, about=about, body=body, status=status, exchange=exchange,
            answered=answered, answer=answer,
        )  # fmt: skip

    def fault(self, name: str, ready: float, rest: float) -> None:
        """Seconds from the end of the fault until every process was ready, and until nothing was left to do."""
        self._write(line="fault", fault=name, ready=ready, rest=rest)

    def planted(self, topic: str, event: str, *, poison: bool) -> None:
        """The test itself put this event on the broker."""
        self._write(line="planted", topic=topic, id=event, poison=poison)

    def clock(self, process: str, ahead_seconds: float) -> None:
        """From now on this process's clock is so far from ours."""
        self._write(line="clock", process=process, ahead=ahead_seconds)

    def figures(self, process: str, figures: dict[str, Any]) -> None:
        """What the public was told of a process."""
        self._write(line="figures", process=process, figures=figures)

    def unanswered(self) -> int:
        """Attempts so far of which nobody knows what became."""
        with self._lock:
            return sum(json.loads(line).get("status", 0) is None for line in self.file.read_text().splitlines())

    def _write(self, **line: Any) -> None:
        with self._lock, self.file.open("a") as file:
            file.write(json.dumps({"at": datetime.now(UTC).isoformat(), **line}) + "\n")
