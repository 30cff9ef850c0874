"""Traces, by OpenTelemetry: a provider an app, W3C trace context on the wire, in the outbox and on the broker."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from functools import cache
from importlib import metadata
from random import getrandbits

from opentelemetry import trace
from opentelemetry.context import Context
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import ReadableSpan, SpanProcessor, TracerProvider
from opentelemetry.trace import NonRecordingSpan, Span, SpanContext, SpanKind, TraceFlags, use_span
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_W3C = TraceContextTextMapPropagator()

__all__ = ["Span", "SpanKind", "Tracing", "exporting", "headers", "of_record", "service", "trace_id", "version"]


class Tracing:
    """The tracer of one app. Spans go to `processors`; with none they still carry ids through logs and events."""

    def __init__(self, service: str, *processors: SpanProcessor) -> None:
        facts = {"service.name": service, "service.version": version(service)}
        self._provider = TracerProvider(resource=Resource(facts), shutdown_on_exit=False)
        for processor in processors:
            self._provider.add_span_processor(processor)
        self._service = service
        self._tracer = self._provider.get_tracer("baraza")
        self.exports = bool(processors)

    @contextmanager
    def span(
        self, name: str, kind: SpanKind = SpanKind.INTERNAL, carrier: Mapping[str, str] | None = None, **facts: str
    ) -> Iterator[Span]:
        """A span around a block; `carrier` is the headers that brought the trace here, if any did."""
        parent = _W3C.extract(carrier) if carrier else None
        if not self.exports:
            with use_span(_carried(self._service, parent)) as span:
                yield span
            return
        with self._tracer.start_as_current_span(name, parent, kind, facts) as span:
            yield span

    def begin(self, name: str, kind: SpanKind, carrier: Mapping[str, str], **facts: str) -> Span:
        """A span that is nobody's current one; whoever asks for it ends it."""
        parent = _W3C.extract(carrier)
        return self._tracer.start_span(name, parent, kind, facts) if self.exports else _carried(self._service, parent)

    def flush(self, timeout_seconds: float = 5) -> None:
        """Send what is recorded so far."""
        self._provider.force_flush(int(timeout_seconds * 1000))

    def close(self) -> None:
        """Send what is left."""
        self._provider.shutdown()


def exporting(service: str, otlp_endpoint: str, authorities: str = "") -> Tracing:
    """Traces to an OTLP endpoint over HTTP; an empty address sends none. `authorities` is a PEM file of whom to believe
    about the endpoint; the system's when it is empty."""
    if not otlp_endpoint:
        return Tracing(service)
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - 10 MB
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - as above

    url = f"{otlp_endpoint.rstrip('/')}/v1/traces"
    return Tracing(service, BatchSpanProcessor(OTLPSpanExporter(url, certificate_file=authorities or None)))


class _Carried(NonRecordingSpan):
    """A span that nobody will read: ids to pass on, and whose it is. A recorded one costs ten times as much."""

    def __init__(self, context: SpanContext, service: str) -> None:
        super().__init__(context)
        self.service = service


def _carried(service: str, parent: Context | None) -> _Carried:
    above = trace.get_current_span(parent).get_span_context()
    span_id = getrandbits(64) or 1
    if not above.is_valid:
        return _Carried(SpanContext(getrandbits(128) or 1, span_id, False, TraceFlags(TraceFlags.SAMPLED)), service)
    return _Carried(SpanContext(above.trace_id, span_id, False, above.trace_flags, above.trace_state), service)


def headers(span: Span | None = None) -> dict[str, str]:
    """`traceparent` (and `tracestate`) of the span, or of the current one, to send along; empty outside a span."""
    carrier: dict[str, str] = {}
    _W3C.inject(carrier, trace.set_span_in_context(span) if span is not None else None)
    return carrier


def trace_id() -> str | None:
    """The current trace's id in hexadecimal, to quote to support; None outside a span."""
    context = trace.get_current_span().get_span_context()
    return f"{context.trace_id:032x}" if context.is_valid else None


def service() -> str | None:
    """The service whose span is the current one; None outside a span."""
    span = trace.get_current_span()
    if isinstance(span, _Carried):
        return span.service
    return str(span.resource.attributes["service.name"]) if isinstance(span, ReadableSpan) else None


def of_record(operation: str, topic: str, group: str = "", **facts: str) -> dict[str, str]:
    """The attributes of a span about a record. OpenTelemetry's words for messaging are still in development (semantic
    conventions 1.37): they stand here alone."""
    kinds = {"send": "send", "process": "process"}
    told = {
        "messaging.system": "kafka",
        "messaging.destination.name": topic,
        "messaging.operation.name": operation,
        "messaging.operation.type": kinds[operation],
    }
    return told | ({"messaging.consumer.group.name": group} if group else {}) | facts


@cache
def version(service: str) -> str:
    """The version of a service's distribution; `unknown` for one that is not installed."""
    try:
        return metadata.version(f"baraza-{service}")
    except metadata.PackageNotFoundError:
        return "unknown"
