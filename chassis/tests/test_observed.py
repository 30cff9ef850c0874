"""The broker as an app sees it: spans go on in what is sent, failures are counted."""

from collections.abc import Sequence

import pytest
from opentelemetry.sdk.trace.export import SimpleSpanProcessor
from opentelemetry.sdk.trace.export.in_memory_span_exporter import InMemorySpanExporter

from chassis.broker import Message
from chassis.broker.embedded import EmbeddedLog
from chassis.errors import Unavailable
from chassis.metrics import Metrics
from chassis.observed import ObservedBroker
from chassis.tracing import SpanKind, Tracing

BROUGHT = {"traceparent": "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01"}
MESSAGE = Message("notes", "a", b"{}", BROUGHT)


class Away(EmbeddedLog):
    """A broker that does not answer."""

    def publish(self, messages: Sequence[Message]) -> None:
        raise Unavailable("away")


@pytest.fixture
def spans() -> InMemorySpanExporter:
    return InMemorySpanExporter()


def test_what_is_sent_goes_on_with_the_span_that_sent_it(broker: EmbeddedLog, spans: InMemorySpanExporter) -> None:
    observed = ObservedBroker(broker, Metrics("notes"), Tracing("notes", SimpleSpanProcessor(spans)))
    subscription = observed.subscribe("notes", ["notes"])
    observed.publish([MESSAGE])

    [record] = subscription.poll(10, 1)
    [span] = spans.get_finished_spans()
    assert (span.name, span.kind) == ("send notes", SpanKind.PRODUCER)
    assert span.parent is not None
    assert f"{span.parent.span_id:016x}" == "b7ad6b7169203331"
    assert span.context is not None
    assert record.headers["traceparent"] == f"00-0af7651916cd43dd8448eb211c80319c-{span.context.span_id:016x}-01"
    assert dict(span.attributes or {}) == {
        "messaging.system": "kafka",
        "messaging.destination.name": "notes",
        "messaging.operation.name": "send",
        "messaging.operation.type": "send",
    }
    subscription.close()


def test_without_a_place_for_spans_the_message_goes_as_it_is(broker: EmbeddedLog) -> None:
    observed = ObservedBroker(broker, Metrics("notes"), Tracing("notes"))
    subscription = observed.subscribe("notes", ["notes"])
    observed.publish([MESSAGE])

    [record] = subscription.poll(10, 1)
    assert record.headers == BROUGHT
    subscription.close()


def test_what_is_in_hand_and_not_committed_ages(broker: EmbeddedLog) -> None:
    observed = ObservedBroker(broker, Metrics("notes"), Tracing("notes"))
    subscription = observed.subscribe("notes", ["notes", "letters"])
    observed.publish([MESSAGE, MESSAGE])
    first, second = subscription.poll(10, 1)
    subscription.commit([first])

    assert observed.held_seconds(second.at) == [(("letters",), 0.0), (("notes",), 0.0)]
    assert observed.held_seconds(second.at.replace(year=second.at.year + 1))[1][1] > 86_400
    subscription.commit([second])
    assert observed.held_seconds(second.at.replace(year=second.at.year + 1))[1][1] == 0
    subscription.close()


def test_a_broker_that_does_not_answer_is_counted(tmp_path_factory: pytest.TempPathFactory) -> None:
    metrics = Metrics("notes")
    observed = ObservedBroker(Away(str(tmp_path_factory.mktemp("away"))), metrics, Tracing("notes"))

    with pytest.raises(Unavailable):
        observed.publish([MESSAGE])

    assert metrics.registry.get_sample_value("mesh_broker_failures_total", {"operation": "publish"}) == 1
    observed.close()
