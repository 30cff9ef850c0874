"""Logs: one JSON object a line on standard output; a constant message, the facts in `extra`, ids never names."""

import json
import logging
import sys
from datetime import UTC, datetime
from typing import Any

import orjson
from opentelemetry import trace

_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_QUIET = ("uvicorn", "connexion", "alembic", "werkzeug", "asyncio", "spiff", "mail")


class JsonFormatter(logging.Formatter):
    """The fields are timestamp, severity, body, service, trace and span ids, then the facts."""

    def format(self, record: logging.LogRecord) -> str:
        span = trace.get_current_span().get_span_context()
        line: dict[str, Any] = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "severity": record.levelname,
            "body": record.getMessage(),
            "logger": record.name,
        }
        if span.is_valid:
            line["trace_id"] = f"{span.trace_id:032x}"
            line["span_id"] = f"{span.span_id:016x}"
        facts = record.__dict__.items()
        line |= {key: value for key, value in facts if key not in _STANDARD and key not in line}
        if record.exc_info:
            line["exception"] = self.formatException(record.exc_info)
        try:
            return orjson.dumps(line, default=str).decode()
        except orjson.JSONEncodeError:  # half a surrogate pair, an integer of more than 64 bits: say it slowly
            return json.dumps(line, default=str, skipkeys=True)


def configure(level: str = "INFO") -> None:
    """Send this process's logs to standard output as JSON. Called by entry points only."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter())
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
