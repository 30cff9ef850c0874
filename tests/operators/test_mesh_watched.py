"""What a real mesh tells: metrics that Prometheus understands, an alert that fires and ends, traces, no canary."""

import os
import re
import signal
import sqlite3
import sys
import time
import urllib.request
from pathlib import Path

import orjson
import pytest
from otlp import ReceivedSpan, Receiver
from prometheus import Prometheus
from promql import metrics_of
from running import Running
from watched import CANARIES, run

import contracts
from mesh.layout import BLOCKS

SERVER, CONSUMER, PRODUCER = 2, 5, 4  # kinds in OTLP
pytestmark = pytest.mark.timeout(240)


@pytest.fixture(scope="session")
def told(mesh: Running) -> dict[str, str]:
    """Each process's exposition, after the play."""
    return {name: fetched(f"{url}/metrics") for name, url in mesh.layout.urls().items()}


def fetched(url: str) -> str:
    with urllib.request.urlopen(url, timeout=10) as answer:  # noqa: S310 - our own loopback address
        return str(answer.read().decode())


def families(exposition: str) -> set[str]:
    return set(re.findall(r"^# TYPE (\S+)", exposition, re.M))


def test_what_processes_tell_is_clean_in_promtools_eyes(told: dict[str, str], promtool: str) -> None:
    for name, exposition in told.items():
        assert run(promtool, "check", "metrics", given=exposition) == (0, ""), name


def test_every_metric_is_declared_and_every_promise_is_kept(told: dict[str, str]) -> None:
    declared = contracts.metrics()
    for name, exposition in told.items():
        assert families(exposition) <= declared.keys(), name
        emitters = {name, "every process"} | ({"every block", "every block with subscriptions"} & emitters_of(name))
        promised = {metric for metric, each in declared.items() if each["emitter"] in emitters}
        assert promised <= families(exposition), name


def emitters_of(name: str) -> set[str]:
    """Which of the common emitters a process is; a block that hears nothing promises no lag."""
    if name not in BLOCKS:
        return set()
    hears = any(name in topic["consumers"] for topic in contracts.topics().values())
    return {"every block", "every block with subscriptions"} if hears else {"every block"}


def test_labels_are_those_that_are_declared(told: dict[str, str]) -> None:
    for name, exposition in told.items():
        for series, labels in re.findall(r"^([a-z]\w*)\{(.*)\} ", exposition, re.M):
            metric = re.sub(r"_(bucket|sum|count)$", "", series) if series not in contracts.metrics() else series
            used = set(re.findall(r'(\w+)="', labels)) - {"le"}
            assert used == set(contracts.metrics()[metric]["labels"]), (name, series)


def test_alerts_and_dashboards_ask_only_for_what_some_process_tells(
    told: dict[str, str], rules: list[dict[str, object]]
) -> None:
    import dashboards

    exported = set().union(*map(families, told.values()))
    asked = {metric for rule in rules for metric in metrics_of(str(rule["expr"]))}
    asked |= {metric for _, expression in dashboards.expressions() for metric in metrics_of(expression)}
    conditional = {"mesh_certificate_not_after_timestamp_seconds"}  # told by processes that serve TLS

    assert asked - exported - conditional == {"up", "ALERTS"}


def test_no_label_counts_people_or_things(told: dict[str, str]) -> None:
    most = max((exposition.count("\n"), name) for name, exposition in told.items())

    assert most[0] < 2500, most
    for name, exposition in told.items():
        assert not re.search(r"[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}|@", exposition), name


def test_a_block_that_hangs_is_noticed_and_the_runbook_brings_it_back(mesh: Running, prometheus: Prometheus) -> None:
    prometheus.until(lambda: len(prometheus.query("up == 1")) == len(mesh.layout.urls()), 30)
    prometheus.until(lambda: len(prometheus.query("mesh_ready == 1")) == len(mesh.layout.urls()), 30)
    before = prometheus.firing()

    hung = pid_of(mesh, "consent")
    os.kill(hung, signal.SIGSTOP)
    noticed = prometheus.until(lambda: ("TargetDown", "consent") in prometheus.firing(), 30)
    fired = {alert for alert in prometheus.firing() if alert[0] == "TargetDown"}
    os.kill(hung, signal.SIGKILL)  # the runbook: a process that hangs is killed, its supervisor starts another
    resolved = prometheus.until(lambda: ("TargetDown", "consent") not in prometheus.firing(), 60)

    assert before == set()
    assert fired == {("TargetDown", "consent")}
    assert pid_of(mesh, "consent") != hung
    print(f"noticed after {noticed:.1f} s, resolved {resolved:.1f} s after the kill")


def pid_of(mesh: Running, block: str) -> int:
    """The process that listens on the block's port, as the runbook finds it."""
    for folder in Path("/proc").glob("[0-9]*"):
        try:
            words = (folder / "cmdline").read_bytes().split(b"\0")
            parent = int((folder / "stat").read_text().rsplit(")", 1)[1].split()[1])
        except (OSError, ValueError, IndexError):
            continue
        if parent == mesh.process.pid and b"mesh.serving" in words and block.encode() in words:
            return int(folder.name)
    raise AssertionError(f"{block} does not run")


def test_a_trace_goes_from_the_request_over_the_outbox_to_the_consumer(mesh: Running, receiver: Receiver) -> None:
    ways = settled(receiver, lambda ways: [way for way in ways if is_whole(way)])

    assert {way[0].service for way in ways} >= {"messaging", "workflow"}
    for way in ways:
        consumer, producer = way[0], way[1]
        assert (consumer.kind, producer.kind, way[-2].kind) == (CONSUMER, PRODUCER, SERVER)
        assert consumer.facts["messaging.consumer.group.name"] == consumer.service
        assert producer.facts["messaging.destination.name"] == consumer.name.removeprefix("process ")
        assert way[-2].facts["http.response.status_code"].startswith("2")
        assert {span.trace for span in way} == {consumer.trace}


def is_whole(way: list[ReceivedSpan]) -> bool:
    """Consumer, sender, the block's request, the mediator's call."""
    names = [span.name.split(" ")[0] for span in way]
    return names[0] == "process" and names[1:2] == ["send"] and names[-1] == "mediate" and len(way) >= 4


def test_a_page_of_the_portal_begins_a_trace(mesh: Running, receiver: Receiver) -> None:
    fetched(f"{mesh.layout.portal_url}/")

    ways = settled(receiver, lambda ways: [way for way in ways if way[-1].name == "GET /" and len(way) == 3])

    block, gateway, page = ways[0]
    assert (block.service, gateway.service) == ("engagement", "gateway")
    assert page.service == "portal"
    assert page.facts["http.response.status_code"] == "200"
    assert page.facts["resource.service.version"] == "0.1.0"


def settled(receiver: Receiver, wanted: object) -> list[list[ReceivedSpan]]:
    deadline = time.monotonic() + 20
    while not (found := wanted(receiver.ways())) and time.monotonic() < deadline:  # type: ignore[operator]
        time.sleep(0.5)
    assert found, f"{len(receiver.spans)} spans came, none of this kind"
    return list(found)


def test_every_log_line_has_the_fields_and_says_nothing_without_one(mesh: Running) -> None:
    lines = [
        orjson.loads(line) for line in (mesh.layout.state / "mesh.log").read_text().splitlines() if line[:1] == "{"
    ]
    fields = {"timestamp", "severity", "body", "service.name", "service.version", "event.name"}

    assert len(lines) > 10
    for line in lines:
        assert fields <= line.keys(), line
        assert "unsaid" not in line, line
        assert line["service.name"] in {*BLOCKS, "gateway", "portal", "mesh"}, line
    assert any("trace_id" in line and "span_id" in line for line in lines)


def test_no_canary_is_in_logs_metrics_events_or_traces(mesh: Running, told: dict[str, str], receiver: Receiver) -> None:
    log = (mesh.layout.state / "mesh.log").read_text()
    with sqlite3.connect(mesh.layout.state / "events" / "events.db") as events:
        rows = events.execute("SELECT topic, key, headers, value FROM event").fetchall()
    places = {"log": log, "metrics": "".join(told.values()), "events": str(rows), "traces": str(receiver.spans)}

    assert len(rows) > 50
    assert canary_is_kept_where_it_belongs(mesh)
    assert leaks(places) == []


def leaks(places: dict[str, str]) -> list[str]:
    """Canaries and tokens, each with its place and what stands around it."""
    secret = re.compile(rf"{'|'.join(CANARIES)}|participants\.example|eyJ[\w-]{{10,}}\.[\w-]+\.[\w-]+", re.I)
    found = [(place, text, match) for place, text in places.items() for match in secret.finditer(text)]
    return [f"{place}: {text[max(match.start() - 150, 0) : match.end() + 50]}" for place, text, match in found]


@pytest.mark.parametrize(
    "secret", [*CANARIES, CANARIES[0].upper(), "a@participants.example", "eyJhbGciOiJFUzI1NiJ9.eyJzdWIiOiIxIn0.c2ln"]
)
def test_a_planted_canary_is_found(secret: str) -> None:
    assert len(leaks({"log": f'{{"body": "account created", "login": "{secret}"}}', "metrics": "up 1"})) == 1


def canary_is_kept_where_it_belongs(mesh: Running) -> bool:
    """Or the scan would prove nothing: people's texts are in engagement's database."""
    with sqlite3.connect(mesh.layout.state / "engagement.db") as database:
        return any(CANARIES[1] in line for line in database.iterdump())


@pytest.mark.parametrize(
    ("process", "module", "arguments", "answer"),
    [
        ("messaging", "chassis.given_up", ("events", "list"), ""),
        ("gateway", "gateway", ("verify-log",), "sound"),
    ],
)
def test_commands_of_the_runbooks_answer(
    mesh: Running, process: str, module: str, arguments: tuple[str, ...], answer: str
) -> None:
    environment = os.environ | mesh.layout.environment(process) | {"PYTHONWARNINGS": "ignore"}
    code, said = run(sys.executable, "-m", module, *arguments, environment=environment)

    assert code == 0, said
    assert said.startswith(answer) if answer else said == ""


def test_status_tells_the_same_in_a_terminal(mesh: Running) -> None:
    command = (sys.executable, "-m", "mesh", "status", "--state", str(mesh.layout.state))
    code, said = run(*command, "--shift", str(mesh.layout.shift))

    assert code == 0, said
    assert "lag s" in said
    assert "No alert would fire." in said
