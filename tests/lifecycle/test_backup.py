"""A backup is of one instant, whatever is written meanwhile; it is restored whole or not at all."""

import shutil
import threading
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path
from uuid import UUID

import pytest
import sqlalchemy as sa
from small_mesh import KEPT, Small, filled

from chassis import clock, ids
from chassis.broker import Message
from chassis.broker.embedded import EmbeddedLog
from chassis.database import Database
from chassis.local import postgres
from chassis.tables import inbox, outbox
from mesh import secrets, servers
from mesh.backup import take
from mesh.backup.manifest import NotRestorable
from mesh.backup.restore import restore
from mesh.backup.take import backup
from mesh.layout import Layout, Shape

KAFKA = "kafka://127.0.0.1:1"


Make = Callable[..., Small]


@pytest.fixture(scope="module")
def server() -> Iterator[postgres.Postgres]:
    with closing(postgres.open_one()) as own:
        yield own


@pytest.fixture(scope="module", autouse=True)
def small() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(take, "PROCESSES", KEPT)
        patched.setattr(servers, "BLOCKS", KEPT[:2])
        yield


@pytest.fixture(params=["sqlite", "postgresql"])
def make(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Make:
    """`make("name")` is a mesh with empty tables; `make("name", kafka=True)` one with a broker elsewhere."""
    root = ""
    if request.param == "postgresql":
        server: postgres.Postgres = request.getfixturevalue("server")
        root = server.root
        monkeypatch.setenv("POSTGRES_URL", root)

    def mesh(name: str, *, kafka: bool = False) -> Small:
        layout = Layout(tmp_path / name)
        layout.state.mkdir()
        layout.keep(Shape(postgres_url=root, kafka_url=KAFKA if kafka else ""))
        if root:
            for process in KEPT:
                server.ensure(layout.database_name(process))
        return filled(layout)

    return mesh


@pytest.fixture
def target(tmp_path: Path) -> Layout:
    return Layout(tmp_path / "restored")


def told(name: UUID, *, published: bool = False) -> dict[str, object]:
    """An outbox row."""
    at = clock.system()
    said = {"id": name, "topic": "t", "key": str(name), "type": "t.said.v1", "data": {}, "headers": {}}
    return said | {"occurred_at": at, "published_at": at if published else None}


def tell(mesh: Small, count: int) -> list[UUID]:
    """Published events in engagement's outbox."""
    names = [ids.new() for _ in range(count)]
    with mesh.database("engagement") as database, database.transaction() as tx:
        tx.execute(sa.insert(outbox), [told(name, published=True) for name in names])
    return names


class Traffic:
    """Events on their way until it stops: told in engagement, published, marked, handled in messaging."""

    def __init__(self, mesh: Small) -> None:
        self._mesh = mesh
        self._stop = threading.Event()
        self._thread = threading.Thread(target=self._run)
        self.handled = 0

    def __enter__(self) -> "Traffic":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._stop.set()
        self._thread.join()

    def _run(self) -> None:
        with (
            closing(EmbeddedLog(str(self._mesh.layout.state / "events"))) as log,
            self._mesh.database("engagement") as teller,
            self._mesh.database("messaging") as listener,
        ):
            while not self._stop.is_set():
                name = ids.new()
                with teller.transaction() as tx:
                    tx.execute(sa.insert(outbox), told(name))
                log.publish([Message("t", str(name), b"{}", {})])
                with teller.transaction() as tx:
                    tx.execute(sa.update(outbox).where(outbox.c.id == name).values(published_at=clock.system()))
                with listener.transaction() as tx:
                    tx.execute(sa.insert(inbox), {"event_id": name, "handled_at": clock.system()})
                self.handled += 1


def test_copies_are_of_one_instant(make: Make, tmp_path: Path) -> None:
    mesh = make("mesh")

    with Traffic(mesh) as traffic:
        folders = [backup(mesh.layout, tmp_path / "backups") for _ in range(2)]

    counts = []
    for number, folder in enumerate(folders):
        layout = Layout(tmp_path / f"restored-{number}")
        said = restore(folder, layout)
        again = Small(layout)
        sent, handled = set(again.ids("engagement", outbox.c.id)), set(again.ids("messaging", inbox.c.event_id))
        with again.database("engagement") as database, database.reading() as tx:
            marked = tx.execute(sa.select(outbox.c.id).where(outbox.c.published_at.is_not(None))).scalars().all()
        assert handled <= sent, "an event is handled that was not told"
        assert len(sent - handled) <= 1, "one event at a time is under way"
        assert {str(name) for name in marked} <= again.logged() <= {str(name) for name in sent}
        assert said.databases["engagement"]["outbox"] == len(sent)
        counts.append(len(sent))
    assert counts == sorted(counts)
    assert counts[0] < counts[-1] <= traffic.handled + 1, "something was written meanwhile"


def test_outboxes_stand_for_a_log_that_is_elsewhere(make: Make, tmp_path: Path, target: Layout) -> None:
    mesh = make("mesh", kafka=True)
    names = tell(mesh, 3)
    with mesh.database("messaging") as database, database.transaction() as tx:
        tx.execute(sa.insert(inbox), {"event_id": names[0], "handled_at": clock.system()})

    restore(backup(mesh.layout, tmp_path / "backups"), target)

    with Small(target).database("engagement") as database, database.reading() as tx:
        waiting = tx.execute(sa.select(outbox.c.id).where(outbox.c.published_at.is_(None)).order_by(outbox.c.seq))
        assert list(waiting.scalars()) == names
    assert Small(target).ids("messaging", inbox.c.event_id) == names[:1]


@pytest.mark.parametrize("make", ["sqlite"], indirect=True)
def test_secrets_and_evidence_come_along_for_their_owner_alone(make: Make, tmp_path: Path, target: Layout) -> None:
    mesh = make("mesh")
    (mesh.layout.state / "gateway").mkdir()
    for name, text in {"log.pem": "a key", "log-head.json": '{"seq": 0}', "log-head.new": "half of"}.items():
        (mesh.layout.state / "gateway" / name).write_text(text)

    folder = backup(mesh.layout, tmp_path / "backups")
    restore(folder, target)

    assert folder.stat().st_mode & 0o777 == 0o700
    modes = {path.name: path.stat().st_mode & 0o777 for path in folder.iterdir()}
    assert modes == dict.fromkeys(["data.tar.gz", "keys.tar.gz", "manifest.json"], 0o600)
    for name in ("seal-identity", "client-portal", "subject-key"):
        assert target.secret(name).read_text() == mesh.layout.secret(name).read_text()
        assert target.secret(name).stat().st_mode & 0o777 == 0o600
    assert {path.name for path in (target.state / "gateway").iterdir()} == {"log.pem", "log-head.json"}
    assert secrets.accounts(target) == secrets.accounts(mesh.layout)


@pytest.mark.parametrize("make", ["sqlite"], indirect=True)
def test_what_is_there_is_never_overwritten(make: Make, tmp_path: Path) -> None:
    mesh, other = make("mesh"), make("other")
    names = tell(other, 1)
    folder = backup(mesh.layout, tmp_path / "backups")

    with pytest.raises(NotRestorable, match="is not empty"):
        restore(folder, other.layout)

    assert other.ids("engagement", outbox.c.id) == names


def test_a_database_that_is_in_use_is_never_overwritten(
    server: postgres.Postgres, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("POSTGRES_URL", server.root)
    layout = Layout(tmp_path / "mesh")
    layout.state.mkdir()
    layout.keep(Shape(postgres_url=server.root))
    for process in KEPT:
        server.ensure(layout.database_name(process))
    names = tell(filled(layout), 1)
    folder = backup(layout, tmp_path / "backups")
    shutil.rmtree(layout.state)  # the folder is gone, the databases are not

    with pytest.raises(NotRestorable, match="is not empty"):
        restore(folder, layout)

    assert not layout.state.exists()
    with closing(Database(server.url(layout.database_name("engagement")))) as database, database.reading() as tx:
        assert list(tx.execute(sa.select(outbox.c.id)).scalars()) == names
