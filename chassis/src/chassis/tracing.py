"""Traces, by OpenTelemetry: a provider an app, W3C trace context on the wire, in the outbox and on the broker."""

from collections.abc import Iterator, Mapping
from contextlib import contextmanager

from opentelemetry import trace
from opentelemetry.sdk.resources import Resource
from opentelemetry.sdk.trace import SpanProcessor, TracerProvider
from opentelemetry.trace import Span, SpanKind
from opentelemetry.trace.propagation.tracecontext import TraceContextTextMapPropagator

_W3C = TraceContextTextMapPropagator()

__all__ = ["SpanKind", "Tracing", "headers", "trace_id"]


class Tracing:
    """The tracer of one app. Spans go to `processors`; with none they still carry ids through logs and events."""

    def __init__(self, service: str, *processors: SpanProcessor) -> None:
        self._provider = TracerProvider(resource=Resource({"service.name": service}), shutdown_on_exit=False)
        for processor in processors:
            self._provider.add_span_processor(processor)
        self._tracer = self._provider.get_tracer("baraza")

    @contextmanager
    def span(
        self, name: str, kind: SpanKind = SpanKind.INTERNAL, carrier: Mapping[str, str] | None = None, **facts: str
    ) -> Iterator[Span]:
        """A span around a block; `carrier` is the headers that brought the trace here, if any did."""
        parent = _W3C.extract(carrier) if carrier else None
        with self._tracer.start_as_current_span(name, parent, kind, facts) as span:
            yield span

    def close(self) -> None:
        """Send what is left."""
        self._provider.shutdown()


def exporting(service: str, otlp_endpoint: str) -> Tracing:
    """Traces to an OTLP endpoint over HTTP; an empty address sends none."""
    if not otlp_endpoint:
        return Tracing(service)
    from opentelemetry.exporter.otlp.proto.http.trace_exporter import OTLPSpanExporter  # noqa: PLC0415 - 10 MB
    from opentelemetry.sdk.trace.export import BatchSpanProcessor  # noqa: PLC0415 - as above

    return Tracing(service, BatchSpanProcessor(OTLPSpanExporter(f"{otlp_endpoint}/v1/traces")))


def headers() -> dict[str, str]:
    """`traceparent` (and `tracestate`) of the current span, to send along; empty outside a span."""
    carrier: dict[str, str] = {}
    _W3C.inject(carrier)
    return carrier


def trace_id() -> str | None:
    """The current trace's id in hexadecimal, to quote to support; None outside a span."""
    context = trace.get_current_span().get_span_context()
    return f"{context.trace_id:032x}" if context.is_valid else None
