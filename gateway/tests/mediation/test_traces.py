"""Traces: whose goes on, and that recording changes nothing on the wire."""

import re

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from chassis.tracing import Tracing
from gateway.mediation.traces import Traces, continued

TRACE, SPAN = "4bf92f3577b34da6a3ce929d0e0e4736", "00f067aa0ba902b7"
BROUGHT = {"traceparent": f"00-{TRACE}-{SPAN}-01", "tracestate": "a=1"}


def test_a_trace_goes_on_under_a_new_span() -> None:
    trace = continued(BROUGHT)

    assert trace.id == TRACE
    assert re.fullmatch(rf"00-{TRACE}-[0-9a-f]{{16}}-01", trace.headers["traceparent"])
    assert SPAN not in trace.headers["traceparent"]
    assert trace.headers["tracestate"] == "a=1"


@pytest.mark.parametrize(
    "brought",
    [
        "",
        "x",
        f"00-{'0' * 32}-{SPAN}-01",
        f"00-{TRACE}-{'0' * 16}-01",
        f"ff-{TRACE}-{SPAN}-01",
        f"00-{TRACE.upper()}-{SPAN}-01",
    ],
)
def test_what_is_no_trace_begins_a_new_one(brought: str) -> None:
    first, second = (continued({"traceparent": brought, "tracestate": "a=1"}) for _ in range(2))

    assert first.id != second.id
    assert re.fullmatch(rf"00-{first.id}-[0-9a-f]{{16}}-00", first.headers["traceparent"])
    assert "tracestate" not in first.headers


def test_a_recorded_call_says_the_same_on_the_wire() -> None:
    spans = InMemorySpanExporter()
    traces = Traces(Tracing("gateway", SimpleSpanProcessor(spans)))

    with traces.call(BROUGHT, "registry") as trace:
        assert trace.id == TRACE
        assert trace.headers["traceparent"].startswith(f"00-{TRACE}-")

    [span] = spans.get_finished_spans()
    assert span.parent is not None
    assert f"{span.parent.span_id:016x}" == SPAN
    traces.close()
