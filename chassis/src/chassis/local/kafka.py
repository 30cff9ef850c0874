"""Apache Kafka: `KAFKA_URL` in the environment, a container, or its jars (by Maven, for Java 17), in KRaft mode."""

import fcntl
import os
import secrets
import shutil
import socket
import subprocess
import tempfile
from base64 import urlsafe_b64encode
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path

from chassis.local import docker
from chassis.local.postgres import Missing
from chassis.local.server import Server, free_port

VERSION = "4.1.1"
_MEMORY = ("-Xms64m", "-Xmx384m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1")
_QUICK = """\
group.initial.rebalance.delay.ms=0
group.min.session.timeout.ms=1000
auto.create.topics.enable=false
log.retention.check.interval.ms=500
log.initial.task.delay.ms=500
controlled.shutdown.enable=true
offsets.topic.num.partitions=4
transaction.state.log.num.partitions=1
num.network.threads=2
num.io.threads=2
"""


@dataclass(frozen=True)
class Kafka:
    """A broker that answers, as `EVENTS_URL` names it. `close` ends what `open_one` started, and nothing else."""

    url: str
    close: Callable[[], None] = lambda: None


def open_one() -> Kafka:
    """A broker by the ladder; one of our own is empty and ends with `close`. Raises Missing."""
    if address := os.environ.get("KAFKA_URL"):
        return Kafka(address)
    if docker.answers():
        return Kafka(*docker.kafka())
    folder = Path(tempfile.mkdtemp(prefix="kafka-"))
    own = LocalKafka(folder)
    own.start()

    def close() -> None:
        own.stop()
        shutil.rmtree(folder, ignore_errors=True)

    return Kafka(own.url, close)


class LocalKafka:
    """A cluster of one or more nodes in a folder, each broker and controller. A folder that holds one is continued."""

    def __init__(self, folder: Path, nodes: int = 1, ports: Sequence[int] = ()) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._libraries = libraries()
        self.ports = list(ports) or [free_port() for _ in range(nodes)]
        self._controllers = [free_port() for _ in self.ports]
        self._cluster = _kept(folder / "cluster-id", lambda: urlsafe_b64encode(secrets.token_bytes(16)).decode()[:22])
        self.nodes = [self._node(folder / f"node-{number}", number) for number in range(1, len(self.ports) + 1)]

    @property
    def url(self) -> str:
        """All nodes, as `EVENTS_URL` names them."""
        return "kafka://" + ",".join(f"127.0.0.1:{port}" for port in self.ports)

    def start(self) -> None:
        """Return when every node takes connections."""
        for node in self.nodes:  # none answers before most of them are up
            node.launch()
        for node in self.nodes:
            node.wait()

    def stop(self) -> None:
        """End all in order."""
        for node in self.nodes:
            node.stop()

    def _node(self, folder: Path, number: int) -> Server:
        folder.mkdir(exist_ok=True)
        port = self.ports[number - 1]
        properties = folder / "server.properties"
        properties.write_text(self._properties(folder, number), "utf-8")
        if not (folder / "data" / "meta.properties").exists():
            self._java("kafka.tools.StorageTool", "format", f"--cluster-id={self._cluster}", "-c", str(properties))
        return Server(
            ["java", *_MEMORY, "-cp", f"{self._libraries}/*", "kafka.Kafka", str(properties)],
            folder / "log",
            lambda: socket.create_connection(("127.0.0.1", port), 1).close(),
        )

    def _properties(self, folder: Path, number: int) -> str:
        voters = ",".join(f"{each}@127.0.0.1:{port}" for each, port in enumerate(self._controllers, 1))
        copies = min(len(self.ports), 3)
        enough = max(copies - 1, 1)
        here, control = self.ports[number - 1], self._controllers[number - 1]
        return (
            f"process.roles=broker,controller\nnode.id={number}\ncontroller.quorum.voters={voters}\n"
            f"listeners=PLAINTEXT://127.0.0.1:{here},CONTROLLER://127.0.0.1:{control}\n"
            f"advertised.listeners=PLAINTEXT://127.0.0.1:{here}\ncontroller.listener.names=CONTROLLER\n"
            "listener.security.protocol.map=PLAINTEXT:PLAINTEXT,CONTROLLER:PLAINTEXT\n"
            f"log.dirs={folder / 'data'}\ndefault.replication.factor={copies}\nmin.insync.replicas={enough}\n"
            f"offsets.topic.replication.factor={copies}\ntransaction.state.log.replication.factor={copies}\n"
            f"transaction.state.log.min.isr={enough}\nshare.coordinator.state.topic.replication.factor={copies}\n"
            f"share.coordinator.state.topic.min.isr={enough}\n{_QUICK}"
        )

    def _java(self, *arguments: str) -> None:
        command = ["java", *_MEMORY, "-cp", f"{self._libraries}/*", *arguments]
        done = subprocess.run(command, capture_output=True, check=False, text=True)  # noqa: S603 - arguments of our own
        if done.returncode:
            raise Missing(f"Kafka's storage tool failed: {done.stdout[-1000:]} {done.stderr[-1000:]}")


def libraries() -> Path:
    """The folder of Kafka's jars, fetched into the cache unless it is there. Raises Missing."""
    cache = Path(os.environ.get("XDG_CACHE_HOME") or Path.home() / ".cache") / "baraza"
    folder = cache / f"kafka-{VERSION}"
    if not folder.exists():
        cache.mkdir(parents=True, exist_ok=True)
        with (cache / "fetching.lock").open("a") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)  # several test processes may ask at once
            if not folder.exists():
                _fetch(cache, folder)
    return folder


def _fetch(cache: Path, folder: Path) -> None:
    for program in ("mvn", "java"):
        if shutil.which(program) is None:
            raise Missing(f"Kafka: no KAFKA_URL, no Docker, no {program} (Debian: maven, default-jre-headless)")
    with tempfile.TemporaryDirectory(dir=cache) as fetched, as_file(files("chassis.local") / "pom.xml") as pom:
        done = subprocess.run(  # noqa: S603 - arguments of our own
            ["mvn", "-q", "-B", "-f", str(pom), "dependency:copy-dependencies", "-DincludeScope=runtime",  # noqa: S607 - whichever is on the path
             f"-DoutputDirectory={fetched}/libs"],
            capture_output=True, check=False, text=True,
        )  # fmt: skip
        if done.returncode:
            raise Missing(f"Maven did not fetch Kafka: {done.stdout[-2000:]}")
        (Path(fetched) / "libs").rename(folder)


def _kept(path: Path, make: Callable[[], str]) -> str:
    """What the file says; made and written the first time."""
    if not path.exists():
        path.write_text(make(), "utf-8")
    return path.read_text("utf-8")
