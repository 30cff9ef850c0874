"""Logs: one JSON object a line, whatever is logged."""

import logging
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor

import orjson
import pytest
from hypothesis import given
from hypothesis import strategies as some

from chassis import logs
from chassis.logs import JsonFormatter
from chassis.tracing import Tracing


def said(message: str = "a note was written", error: BaseException | None = None, **facts: object) -> str:
    """The line of one record."""
    record = logging.makeLogRecord({"name": "notes.api", "levelname": "INFO", "msg": message, **facts})
    record.exc_info = (type(error), error, error.__traceback__) if error else None
    return JsonFormatter("notes", {"note_id", "size", "fact"}).format(record)


def test_a_line_says_when_how_bad_what_and_the_facts() -> None:
    line = orjson.loads(said(note_id="1", size=3))

    assert line.pop("timestamp").endswith("+00:00")
    assert line == {
        "severity": "INFO",
        "body": "a note was written",
        "service.name": "notes",
        "service.version": "unknown",
        "event.name": "notes.a-note-was-written",
        "logger": "notes.api",
        "note_id": "1",
        "size": 3,
    }


def test_a_fact_without_a_field_is_not_said_but_its_name_is() -> None:
    line = orjson.loads(said(login="ann@example.org", note_id="1"))

    assert line["unsaid"] == ["login"]
    assert line["note_id"] == "1"
    assert "ann" not in str(line)


def test_a_line_names_the_service_of_its_span_of_its_module_or_of_its_thread() -> None:
    def of(logger: str) -> str:
        record = logging.makeLogRecord({"name": logger, "levelname": "INFO", "msg": "said"})
        return str(orjson.loads(JsonFormatter("mesh").format(record))["service.name"])

    with Tracing("consent").span("reading"):
        in_a_span = of("chassis.web")
    with ThreadPoolExecutor(1, "registry-job") as pool:
        in_a_thread = pool.submit(of, "chassis.jobs").result()

    assert (in_a_span, of("gateway.serving"), in_a_thread, of("chassis.cli")) == (
        "consent",
        "gateway",
        "registry",
        "mesh",
    )


def test_what_postgresql_quotes_of_a_row_is_left_out() -> None:
    told = 'duplicate key value violates "uq_login"\nDETAIL:  Key (login)=(ann@example.org) already exists.\nmore'

    line = orjson.loads(said(error=ValueError(told)))

    assert "uq_login" in line["exception"]
    assert "more" in line["exception"]
    assert "ann@example.org" not in line["exception"]


def test_inside_a_span_a_line_names_the_trace() -> None:
    with Tracing("notes").span("writing") as span:
        line = orjson.loads(said())

    assert line["trace_id"] == f"{span.get_span_context().trace_id:032x}"
    assert line["span_id"] == f"{span.get_span_context().span_id:016x}"
    assert "trace_id" not in orjson.loads(said())


@pytest.mark.parametrize("forged", ['\n{"severity": "ERROR"}', "\r\nx", "a\u2028b\x1b[2J\x00", '"}\n{"'])
def test_no_line_can_be_forged(forged: str) -> None:
    for line in (said(forged), said(fact=forged), said(**{forged: 1}), said(error=ValueError(forged))):
        assert line.isprintable() or "\u2028" in line
        assert len(line.split("\n")) == 1
        assert orjson.loads(line)["severity"] == "INFO"


@given(some.text(), some.one_of(some.text(), some.integers(), some.floats(), some.binary(), some.none(), some.uuids()))
def test_whatever_is_logged_is_one_object_a_line(message: str, fact: object) -> None:
    line = said(message, fact=fact)

    assert "\n" not in line
    assert set(orjson.loads(line)) >= {"timestamp", "severity", "body", "fact"}


@pytest.mark.parametrize("fact", ["\ud800", 2**70, {1: "a"}, {("a", "b"): 1}, {"nested": {2**70: object()}}, object()])
def test_what_json_cannot_say_is_said_another_way(fact: object) -> None:
    assert "fact" in orjson.loads(said(fact=fact).replace("\\ud800", ""))


def test_a_fact_cannot_stand_in_the_place_of_the_message() -> None:
    line = orjson.loads(said(body="forged", severity="DEBUG", timestamp="1970"))

    assert line["body"] == "a note was written"
    assert line["severity"] == "INFO"
    assert line["timestamp"] != "1970"


def test_an_exception_is_part_of_the_line() -> None:
    try:
        raise ValueError("it broke")
    except ValueError as error:
        line = orjson.loads(said(error=error))

    assert "it broke" in line["exception"]
    assert "Traceback" in line["exception"]


@pytest.fixture
def root() -> Iterator[logging.Logger]:
    """The root logger, put back afterwards."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield root
    root.handlers[:], root.level = handlers, level


def test_a_process_logs_to_standard_output_at_its_level(
    root: logging.Logger, capsys: pytest.CaptureFixture[str]
) -> None:
    logs.configure("WARNING")
    logging.getLogger("notes").info("quiet")
    logging.getLogger("notes").warning("a note is old", extra={"offset": 1})

    [line] = capsys.readouterr().out.splitlines()
    assert orjson.loads(line)["offset"] == 1
