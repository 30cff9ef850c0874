"""Traces: an app's own provider, W3C trace context in and out."""

import pytest
from opentelemetry import trace
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from chassis import tracing
from chassis.tracing import SpanKind, Tracing

SENT = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01", "tracestate": "a=b"}


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


@pytest.fixture
def own(spans: InMemorySpanExporter) -> Tracing:
    return Tracing("notes", SimpleSpanProcessor(spans))


def test_a_span_continues_the_trace_that_came(own: Tracing, spans: InMemorySpanExporter) -> None:
    with own.span("writing", SpanKind.SERVER, SENT, note="1"):
        sent_on = tracing.headers()

    [span] = spans.get_finished_spans()
    assert span.context is not None
    assert span.parent is not None
    assert f"{span.context.trace_id:032x}" == "0af7651916cd43dd8448eb211c80319c"
    assert f"{span.parent.span_id:016x}" == "b7ad6b7169203331"
    assert span.attributes == {"note": "1"}
    assert sent_on["traceparent"].startswith("00-0af7651916cd43dd8448eb211c80319c-")
    assert sent_on["traceparent"] != SENT["traceparent"]
    assert sent_on["tracestate"] == "a=b"


@pytest.mark.parametrize("carrier", [None, {}, {"traceparent": "garbage"}, {"traceparent": "00-0-0-01"}])
def test_without_a_trace_a_span_begins_one(own: Tracing, carrier: dict[str, str] | None) -> None:
    with own.span("writing", carrier=carrier) as span:
        assert span.get_span_context().is_valid
        assert tracing.trace_id() == f"{span.get_span_context().trace_id:032x}"


def test_outside_a_span_there_is_nothing_to_send() -> None:
    assert tracing.headers() == {}
    assert tracing.trace_id() is None


def test_what_raises_inside_a_span_is_recorded(own: Tracing, spans: InMemorySpanExporter) -> None:
    with pytest.raises(ZeroDivisionError), own.span("writing"):
        raise ZeroDivisionError

    [span] = spans.get_finished_spans()
    assert not span.status.is_ok


def test_a_span_names_its_block(own: Tracing, spans: InMemorySpanExporter) -> None:
    with own.span("writing"):
        pass

    [span] = spans.get_finished_spans()
    assert span.resource.attributes["service.name"] == "notes"


def test_one_apps_spans_are_not_anothers(own: Tracing, spans: InMemorySpanExporter) -> None:
    with Tracing("others").span("writing"):
        pass

    assert spans.get_finished_spans() == ()
    assert not isinstance(trace.get_tracer_provider(), type(own._provider))


def test_without_an_address_nothing_is_exported() -> None:
    own = tracing.exporting("notes", "")
    with own.span("writing") as span:
        assert span.get_span_context().is_valid
    own.close()


def test_ids_are_carried_on_where_nothing_is_exported() -> None:
    own = tracing.exporting("notes", "")

    with own.span("writing", SpanKind.SERVER, SENT):
        sent_on = tracing.headers()
        assert tracing.service() == "notes"
        with own.span("deeper"):
            deeper = tracing.headers()
    alone = own.begin("alone", SpanKind.PRODUCER, {})

    assert sent_on["traceparent"].startswith("00-0af7651916cd43dd8448eb211c80319c-")
    assert sent_on["traceparent"].endswith("-01")
    assert sent_on["tracestate"] == "a=b"
    assert deeper["traceparent"].split("-")[1] == sent_on["traceparent"].split("-")[1]
    assert len({each["traceparent"].split("-")[2] for each in (SENT, sent_on, deeper)}) == 3
    assert tracing.headers(alone)["traceparent"].split("-")[1] not in sent_on["traceparent"]


def test_who_is_not_recorded_upstream_is_not_here() -> None:
    with tracing.exporting("notes", "").span("writing", carrier={"traceparent": SENT["traceparent"][:-2] + "00"}):
        assert tracing.headers()["traceparent"].endswith("-00")
