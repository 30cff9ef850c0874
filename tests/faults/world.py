"""A mesh to be hurt: one process a block, its own servers and mail server, a cast of people, a ledger."""

import asyncio
import json
import os
import shutil
import signal
import subprocess
import tempfile
import threading
import time
from collections.abc import Collection, Iterator
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import ExitStack, contextmanager, nullcontext
from pathlib import Path
from typing import Any

from running import Running, start
from servers import Servers, own_servers

from mesh.up import not_ready
from tests.faults import play
from tests.faults.checker import check
from tests.faults.checker.evidence import TABLES, Evidence, Places, gather
from tests.faults.ledger import Ledger
from tests.faults.mail import Mails
from tests.faults.power import Power, supplied

EMBEDDED, SERVERS = "embedded", "servers"
SHAPES = {EMBEDDED: "SQLite and the embedded log", SERVERS: "PostgreSQL and Kafka"}
_DISK = "256m"
_AT_REST = ("I4", "I5", "I8", "I9")
_PATIENCE_SECONDS = 150.0


class World:
    """`servers` are None in the embedded shape, `power` where it is not to be cut off."""

    def __init__(self, folder: Path, shape: str, mesh: Running, mails: Mails) -> None:
        self.folder, self.shape, self.mesh, self.mails = folder, shape, mesh, mails
        self.servers: Servers | None = None
        self.power: Power | None = None
        self.ledger = Ledger(folder / "ledger.jsonl")
        self.cast = play.Cast()
        self._stages: dict[str, threading.Event] = {}
        self._known: set[str] = set()  # findings of an earlier fault are not held against a later one

    def stop(self) -> None:
        """As Ctrl-C would."""
        self.mesh.stop()

    # -- processes

    @property
    def processes(self) -> list[str]:
        """Names of all that should run."""
        return list(self.mesh.layout.urls())

    def pid(self, process: str) -> int:
        """Raises KeyError while it does not run."""
        return self.mesh.children()[process]

    def kill(self, process: str, by: signal.Signals = signal.SIGKILL) -> None:
        os.kill(self.pid(process), by)

    def set(self, process: str, **environment: str) -> None:
        """What the process finds in its environment at its next start, beside its own settings."""
        file = _environment(self.mesh.layout.state, process)
        kept = json.loads(file.read_text()) if file.exists() else {}
        file.write_text(json.dumps({name: value for name, value in (kept | environment).items() if value}))

    def restart(self, *processes: str, wait: bool = True) -> None:
        """Kill them; return when they run again, or, unless told not to `wait`, when all are ready."""
        before = {process: self.pid(process) for process in processes}
        for pid in before.values():
            os.kill(pid, signal.SIGKILL)
        self.until(lambda: all(self.mesh.children().get(name, pid) != pid for name, pid in before.items()))
        if wait:
            self.ready()

    def ready(self) -> float:
        """Seconds until every process says that it is ready."""
        return self.until(lambda: not not_ready(self.mesh.layout))

    def until(self, holds: Any) -> float:
        """Seconds until it holds. Raises TimeoutError."""
        began = time.monotonic()
        while not holds():
            if time.monotonic() - began > _PATIENCE_SECONDS:
                raise TimeoutError(f"not ready: {not_ready(self.mesh.layout)}")
            time.sleep(0.1)
        return time.monotonic() - began

    def power_cut(self, seed: int) -> int:
        """Everything dies at once and is started again on what the disk has; how many bytes were lost."""
        assert self.power is not None
        launcher, children = self.mesh.process, self.mesh.children()
        for pid in (launcher.pid, *children.values()):  # nobody sees another one die
            os.kill(pid, signal.SIGSTOP)
        for pid in (*children.values(), launcher.pid):
            os.kill(pid, signal.SIGKILL)
        launcher.wait()
        self.until(lambda: not any(Path(f"/proc/{pid}").exists() for pid in children.values()))
        lost = self.power.cut(seed)
        with supplied(self.power):
            self.mesh = start(self.mesh.layout.state, shift=self.mesh.layout.shift)
        return lost

    # -- the play

    @contextmanager
    def playing(self) -> Iterator["Future[str]"]:
        """A process is played beside the block; its id is the result. The block ends when the play does."""
        self._stages = {stage: threading.Event() for stage in play.STAGES}
        with ThreadPoolExecutor(1, "play") as pool:
            playing = pool.submit(self._play)
            yield playing
            playing.result()

    def reached(self, stage: str) -> None:
        """Wait until the play has come so far. Raises TimeoutError."""
        if not self._stages[stage].wait(_PATIENCE_SECONDS):
            raise TimeoutError(stage)

    def _play(self) -> str:
        if not self.cast.citizens:
            self.cast = asyncio.run(play.sign_in(self.mesh.layout))
        return asyncio.run(play.play(self.mesh.layout, self.cast, self.ledger, lambda stage: self._stages[stage].set()))

    # -- the evidence

    @property
    def places(self) -> Places:
        layout = self.mesh.layout
        return Places(
            databases={name: layout.database(name) for name in TABLES},
            events=layout.events,
            ledger=self.ledger.file,
            mails=self.mails.file,
            secrets=layout.state / "secrets",
            log_keys=layout.state / "gateway" / "log.pem",
        )

    def evidence(self) -> Evidence:
        return gather(self.places)

    def rest(self) -> float:
        """Seconds until nothing is left to do, or until the patience is over: then the check says what is left."""
        began = time.monotonic()
        while self._moves() and time.monotonic() - began < _PATIENCE_SECONDS:
            time.sleep(0.5)
        return time.monotonic() - began

    def _moves(self) -> bool:
        """Whether something is left to do that an earlier fault did not leave for ever."""
        found = self.check()
        return any(each not in self._known for name in _AT_REST for each in found.get(name, ()))

    def findings(self, without: Collection[str] = ()) -> dict[str, list[str]]:
        """What is wrong that was not wrong before, by invariant, but for those that are not asked."""
        found = {name: [each for each in said if each not in self._known] for name, said in self.check().items()}
        self._known.update(each for said in found.values() for each in said)
        return {name: said for name, said in found.items() if said and name not in without}

    def check(self) -> dict[str, list[str]]:
        return check(self.evidence())

    def figures(self, process: str) -> None:
        """What the public reads, into the ledger."""
        asyncio.run(play.figures(self.mesh.layout, self.cast, self.ledger, process))


@contextmanager
def world(shape: str, *, power: bool = False) -> Iterator[World]:
    """A running one in a folder of its own, which goes with it. With `power` it can be cut off; then it runs in few
    processes, which start sooner."""
    folder = Path(tempfile.mkdtemp(prefix=f"faults-{shape}-"))
    with ExitStack() as stack:
        stack.callback(shutil.rmtree, folder, ignore_errors=True)
        servers = stack.enter_context(own_servers()) if shape == SERVERS else None
        mails = Mails(folder / "mails.jsonl")
        mails.start()
        stack.callback(mails.stop)
        state = folder / "state"
        state.mkdir()
        if shape == EMBEDDED:
            _mount(state, stack)
        (state / "environment").mkdir()
        own = {"CATCHER": "false", "SMTP_PORT": str(mails.port)}
        _environment(state, "messaging").write_text(json.dumps(own))
        supply = Power(state, folder / "power") if power else None
        options = [] if power else ["--processes", "each"]
        options += ["--database", "postgresql", "--events", "kafka"] if shape == SERVERS else []
        with supplied(supply) if supply else nullcontext():
            made = World(folder, shape, start(state, *options), mails)
        stack.callback(made.stop)
        made.servers, made.power = servers, supply
        yield made


class Worlds:
    """One mesh at a time; tests of one shape that come one after the other share it."""

    def __init__(self) -> None:
        self._shape, self._running = "", ExitStack()
        self._world: World | None = None

    def of(self, shape: str) -> World:
        if self._world is None or shape != self._shape:
            self.close()
            self._shape, self._world = shape, self._running.enter_context(world(shape))
        return self._world

    def close(self) -> None:
        self._running.close()
        self._world = None


def _mount(state: Path, stack: ExitStack) -> None:
    """A file system of its own, small enough to be filled."""
    root = [] if os.geteuid() == 0 else ["sudo"]
    subprocess.run([*root, "mount", "-t", "tmpfs", "-o", f"size={_DISK},mode=0777", "tmpfs", str(state)], check=True)
    stack.callback(subprocess.run, [*root, "umount", "--lazy", str(state)], check=False)


def _environment(state: Path, process: str) -> Path:
    return state / "environment" / f"{process}.json"
