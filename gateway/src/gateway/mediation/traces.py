"""The trace of a call (W3C Trace Context): the caller's goes on, or a new one begins.

Spans are recorded only when there is somewhere to send them. Recording one that nobody will see costs a tenth of a
call's whole budget; the ids alone, which tie logs, evidence and blocks together, cost next to nothing.
"""

import random
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

from chassis import tracing
from chassis.tracing import SpanKind, Tracing

_PARENT = re.compile(r"00-(?!0{32})([0-9a-f]{32})-(?!0{16})[0-9a-f]{16}-([0-9a-f]{2})")
_NOT_SAMPLED = "00"


@dataclass(frozen=True, slots=True)
class Trace:
    """A call's trace. `headers` go to the provider; none of them holds anything of the caller but its trace's id."""

    id: str
    headers: Mapping[str, str]


class Traces:
    """`exported` is None when spans go nowhere."""

    def __init__(self, exported: Tracing | None = None) -> None:
        self._exported = exported

    @contextmanager
    def call(self, carrier: Mapping[str, str], application: str) -> Iterator[Trace]:
        """The trace around one call; `carrier` is the caller's own headers `traceparent` and `tracestate`."""
        if self._exported is None:
            yield continued(carrier)
            return
        with self._exported.span("mediate", SpanKind.SERVER, carrier, application=application):
            yield Trace(tracing.trace_id() or "", tracing.headers())

    def close(self) -> None:
        """Send what is left."""
        if self._exported is not None:
            self._exported.close()


def continued(carrier: Mapping[str, str]) -> Trace:
    """The next link of the caller's trace; the first of a new one when it brings none that can be read."""
    parent = _PARENT.fullmatch(carrier.get("traceparent", ""))
    trace, flags = parent.groups() if parent else (f"{random.getrandbits(128) or 1:032x}", _NOT_SAMPLED)
    told = {"traceparent": f"00-{trace}-{random.getrandbits(64) or 1:016x}-{flags}"}
    if parent and (state := carrier.get("tracestate")):
        told["tracestate"] = state
    return Trace(trace, told)
