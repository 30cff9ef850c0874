"""Logs: one JSON object a line on standard output; a constant message, the facts in `extra`, ids never names.

A fact has a field in the contracts (`telemetry/`, `log_fields`) or it is not said: its field's name alone is, so that
whoever added it finds out.
"""

import json
import logging
import re
import sys
import threading
from collections.abc import Collection
from datetime import UTC, datetime
from functools import lru_cache
from typing import Any

import orjson
from opentelemetry import trace

import contracts
from chassis import tracing

_STANDARD = frozenset(logging.makeLogRecord({}).__dict__) | {"message", "asctime", "taskName"}
_QUIET = ("uvicorn", "connexion", "alembic", "werkzeug", "asyncio", "spiff", "mail", "opentelemetry")
_SILENT = ("kafka",)  # it tells each retry as an error; the broker's outcome is ours to tell
_LONGEST_NAME = 80
_QUOTED = re.compile(r"^(DETAIL|LINE \d+|CONTEXT|PARAMETERS):.*$\n?", re.M)  # where PostgreSQL quotes rows and values


class JsonFormatter(logging.Formatter):
    """The fields are timestamp, severity, body, the service and its version, the event's name, trace and span ids, then
    the facts. `service` is the process's own, for what is said outside any block's request, role or module."""

    def __init__(self, service: str = "", fields: Collection[str] | None = None) -> None:
        super().__init__()
        self._service = service
        self._fields = frozenset(contracts.log_fields() if fields is None else fields)

    def format(self, record: logging.LogRecord) -> str:
        span = trace.get_current_span().get_span_context()
        service = self._service_of(record)
        line: dict[str, Any] = {
            "timestamp": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "severity": record.levelname,
            "body": record.getMessage(),
            "service.name": service,
            "service.version": tracing.version(service),
            "event.name": _event(record.name, str(record.msg)),
            "logger": record.name,
        }
        if span.is_valid:
            line["trace_id"] = f"{span.trace_id:032x}"
            line["span_id"] = f"{span.span_id:016x}"
        facts = {key: value for key, value in record.__dict__.items() if key not in _STANDARD and key not in line}
        line |= {key: value for key, value in facts.items() if key in self._fields}
        if unsaid := sorted(str(key) for key in facts if key not in self._fields):
            line["unsaid"] = unsaid
        if record.exc_info:
            line["exception"] = _QUOTED.sub("", self.formatException(record.exc_info))
        try:
            return orjson.dumps(line, default=str).decode()
        except orjson.JSONEncodeError:  # half a surrogate pair, an integer of more than 64 bits: say it slowly
            return json.dumps(line, default=str, skipkeys=True)

    def _service_of(self, record: logging.LogRecord) -> str:
        """Seven blocks may share a process: the current span knows which, else the module, else the thread's name."""
        if (known := tracing.service()) is not None:
            return known
        package = record.name.partition(".")[0]
        if package in _services():
            return package
        first = threading.current_thread().name.partition("-")[0]
        return first if first in _services() else self._service or package


def configure(level: str = "INFO", service: str = "") -> None:
    """Send this process's logs to standard output as JSON. Called by entry points only."""
    handler = logging.StreamHandler(sys.stdout)
    handler.setFormatter(JsonFormatter(service))
    root = logging.getLogger()
    root.handlers[:] = [handler]
    root.setLevel(level)
    for name in _QUIET:
        logging.getLogger(name).setLevel(logging.WARNING)
    for name in _SILENT:
        logging.getLogger(name).setLevel(logging.CRITICAL)


@lru_cache(1)
def _services() -> frozenset[str]:
    return frozenset({*contracts.services(), "portal", "mesh"})


@lru_cache(1024)
def _event(logger: str, message: str) -> str:
    """A message is constant, so it names what happened: `gateway.call-refused`."""
    package = logger.partition(".")[0]
    words = re.sub(r"[^a-z0-9]+", "-", message.lower()).strip("-")
    return f"{package}.{words}"[:_LONGEST_NAME]
