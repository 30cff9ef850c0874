"""The containers of compose.yaml as processes of this machine: what one is told works with what the others are told."""

import asyncio
import os
import signal
import socket
import ssl
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from urllib.parse import quote

import pytest
import requests
import sqlalchemy as sa
from composed import EXAMPLE, ROOT, environment, here
from containers import Kafka, Postgres
from kafka.errors import TopicAuthorizationFailedError
from uvicorn.middleware.proxy_headers import ProxyHeadersMiddleware

import contracts
from chassis.broker.kafka import Kafka as Broker
from chassis.local.server import Server, free_port
from mesh.deployment import answers, secrets

HEALTHCHECK = ROOT / "deploy" / "images" / "healthcheck.py"


@dataclass(frozen=True)
class Pilot:
    """What runs before any process of ours does. `places` is where each of them is here, by what others call it."""

    folder: Path
    secrets: Path
    postgres: Postgres
    kafka: Kafka
    said: str
    places: dict[str, str]

    def environment(self, name: str) -> dict[str, str]:
        """A container's environment, its addresses and paths as they are here."""
        replaced = self.places | {"/var/lib/baraza": str(self.folder / name)}
        told = {variable: here(value, name, self.secrets, replaced) for variable, value in environment(name).items()}
        return told | {
            "HOST": "0.0.0.0",  # noqa: S104 - as in the container: the process must insist on TLS
            "PORT": self.places[f"{name}:{told['PORT']}"].rpartition(":")[2],
            "PYTHONWARNINGS": "ignore",
        }

    def url(self, name: str) -> str:
        """Where a process of ours answers."""
        return f"https://localhost:{self.environment(name)['PORT']}"


@pytest.fixture(scope="module")
def pilot(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Pilot]:
    folder = tmp_path_factory.mktemp("pilot")
    made = folder / "secrets"
    secrets.make(made, answers.read(EXAMPLE), datetime.now(UTC))
    postgres, kafka = Postgres(made), Kafka(folder / "kafka", made)
    places = {f"{name}:{environment(name)['PORT']}": f"localhost:{free_port()}" for name in secrets.STORING}
    places |= kafka.replaced() | {"postgres:5432": f"localhost:{postgres.port}"}
    for file in [*made.glob("*/own/database-url"), made / "gateway" / "own" / "catalogue.json"]:
        file.chmod(0o600)
        file.write_text(here(file.read_text("utf-8"), file.parts[-3], made, places), "utf-8")
    yield Pilot(folder, made, postgres, kafka, kafka.make_topics(made), places)
    kafka.stop()
    postgres.stop()


@pytest.fixture(scope="module")
def serving(pilot: Pilot) -> Iterator[Pilot]:
    """Identity, the mediator and one block, each migrated and ready."""
    commands = {name: [sys.executable, "-m", name] for name in ("identity", "gateway", "engagement")}
    (pilot.folder / "gateway").mkdir()  # the volume
    migrating = [
        subprocess.Popen([*command, "migrate"], env=os.environ | pilot.environment(name))
        for name, command in commands.items()
    ]
    assert [process.wait() for process in migrating] == [0, 0, 0]
    servers = []
    for name, command in commands.items():
        told = pilot.environment(name)
        servers.append(
            Server([*command, "serve"], pilot.folder / f"{name}.log", partial(healthy, told), environment=told)
        )
        servers[-1].start()
    yield pilot
    for server in servers:
        server.end(signal.SIGTERM)


@pytest.mark.timeout(240)
def test_processes_in_their_containers_environment_are_ready_over_tls(serving: Pilot) -> None:
    told = serving.environment("engagement")

    assert healthy(told) == '{"status":"ready"}'
    assert asked({"PORT": told["PORT"]})[0] == 1, "who speaks no TLS gets no answer"


@pytest.mark.timeout(120)
def test_a_call_goes_from_an_application_through_the_mediator_to_a_block(serving: Pilot) -> None:
    session = requests.Session()
    session.trust_env, session.verify = False, str(serving.secrets / "ca.crt")
    gateway, member = serving.url("gateway"), environment("gateway")["INSTANCE"]
    own = {"Information-Mediator-Client": f"{member}/portal"}
    secret = (serving.secrets / "portal" / "own" / "client-secret").read_text("utf-8")

    token = session.post(
        f"{gateway}/r1/{member}/identity/api/oauth/v2/token",
        data={"grant_type": "client_credentials"}, auth=(quote(f"{member}/portal", safe=""), secret), timeout=20,
    )  # fmt: skip
    processes = f"{gateway}/r1/{member}/engagement/api/v1/processes"
    known = own | {"Proxy-Authorization": f"Bearer {token.json()['access_token']}"}
    answered = session.get(processes, headers=known, timeout=20)
    unknown = session.get(processes, headers=own, timeout=20)

    assert (answered.status_code, answered.json()["items"]) == (200, [])
    assert unknown.status_code == 401


@pytest.mark.timeout(60)
def test_identity_sees_browsers_where_the_edge_says_they_are() -> None:
    edge, browser = environment("identity")["FORWARDED_ALLOW_IPS"], "203.0.113.7"
    seen = []

    async def app(scope: dict[str, tuple[str, int]], *_: object) -> None:
        seen.append(scope["client"][0])

    middle = ProxyHeadersMiddleware(app, trusted_hosts=edge)  # type: ignore[arg-type]
    for address in (edge, "10.89.80.3"):
        scope = {"type": "http", "client": (address, 1), "headers": [(b"x-forwarded-for", browser.encode())]}
        asyncio.run(middle(scope, None, None))  # type: ignore[arg-type]

    assert seen == [browser, "10.89.80.3"]


@pytest.mark.timeout(120)
def test_a_role_enters_its_own_database_and_no_other(pilot: Pilot) -> None:
    own = (pilot.secrets / "engagement" / "own" / "database-url").read_text("utf-8")
    other = own.replace("/engagement?", "/identity?")

    assert answer_of(own) == "engagement"
    with pytest.raises(sa.exc.OperationalError, match=r"pg_hba|permission denied"):
        answer_of(other)


@pytest.mark.timeout(120)
def test_the_database_takes_nobody_without_tls_or_with_an_older_one(pilot: Pilot) -> None:
    own = (pilot.secrets / "engagement" / "own" / "database-url").read_text("utf-8").partition("?")[0]

    with pytest.raises(sa.exc.OperationalError, match="no encryption"):
        answer_of(f"{own}?sslmode=disable")
    with pytest.raises(sa.exc.OperationalError, match="protocol version"):
        answer_of(f"{own}?sslmode=require&ssl_max_protocol_version=TLSv1.2")


@pytest.mark.timeout(120)
def test_the_broker_has_every_topic_and_a_second_run_changes_nothing(pilot: Pilot) -> None:
    broker = client(pilot, "topics")

    assert pilot.said == pilot.kafka.make_topics(pilot.secrets)
    assert topics_seen(broker) >= {
        name for topic, said in contracts.topics().items() for name in (topic, said["dead_letters"])
    }
    broker.close()


@pytest.mark.timeout(120)
def test_a_block_sees_the_topics_that_the_catalogue_gives_it_and_writes_to_no_others(pilot: Pilot) -> None:
    broker = client(pilot, "scheduler")
    own = {topic for topic, said in contracts.topics().items() if "scheduler" in said["producers"] + said["consumers"]}

    written = produce(broker, "scheduler-alerts")
    refused = produce(broker, "engagement-proposals")
    seen = topics_seen(broker)
    broker.close()

    assert written is None
    assert refused is TopicAuthorizationFailedError
    assert {topic for topic in seen if not topic.endswith("-dlq")} == own


@pytest.mark.timeout(60)
def test_the_broker_knows_nobody_without_a_certificate_of_ours(pilot: Pilot) -> None:
    stranger = ssl.create_default_context(cafile=str(pilot.secrets / "ca.crt"))
    older = ssl.create_default_context(cafile=str(pilot.secrets / "ca.crt"))
    older.maximum_version = ssl.TLSVersion.TLSv1_2

    for context, refusal in ((stranger, "bad certificate|certificate required"), (older, "protocol version")):
        with (
            pytest.raises(ssl.SSLError, match=refusal),
            socket.create_connection(("localhost", pilot.kafka.port), 10) as plain,
            context.wrap_socket(plain, server_hostname="localhost") as connection,
        ):
            connection.recv(1)


def asked(told: dict[str, str]) -> tuple[int, str]:
    """Exit status and words of the image's own health check."""
    done = subprocess.run([sys.executable, str(HEALTHCHECK)], env=told, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout


def healthy(told: dict[str, str]) -> str:
    """What a ready process says. Raises RuntimeError while it is not."""
    status, said = asked(told)
    if status:
        raise RuntimeError(said)
    return said


def answer_of(url: str) -> str:
    """Who the database says that we are."""
    engine = sa.create_engine(url)
    try:
        with engine.connect() as connection:
            return str(connection.execute(sa.text("SELECT current_user")).scalar())
    finally:
        engine.dispose()


def client(pilot: Pilot, name: str) -> Broker:
    """The broker as a container's certificate sees it."""
    return Broker(here(environment(name)["EVENTS_URL"], name, pilot.secrets, pilot.kafka.replaced()))


def topics_seen(broker: Broker) -> set[str]:
    from kafka import KafkaAdminClient

    admin = KafkaAdminClient(**broker.options)
    found = {name for name in admin.list_topics() if not name.startswith("_")}
    admin.close()
    return found


def produce(broker: Broker, topic: str) -> type[Exception] | None:
    """What kind of error writing a record meets; None when it is written."""
    from kafka import KafkaProducer

    producer = KafkaProducer(**broker.options, enable_idempotence=True, acks="all", max_block_ms=6_000)
    try:
        producer.send(topic, b"{}").get(10)
    except Exception as error:  # its type is the answer
        return type(error)
    finally:
        producer.close(timeout=1, null_logger=True)
    return None
