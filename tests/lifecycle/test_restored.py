"""A whole mesh is backed up while a process is played on it; what is restored holds together and goes on."""

import shutil
import sqlite3
import subprocess
import sys
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

import pytest
from running import Running, demonstrate, start

from mesh.backup.command import verify as say
from mesh.backup.restore import restore
from mesh.backup.take import backup
from mesh.backup.verify import Finding, verify
from mesh.demo import dataset
from mesh.layout import Layout

SAMPLE = Path(dataset.__file__).parent / "sample"
_REST_SECONDS = 60


@dataclass
class Played:
    """Backups that were taken while the process was played, and one from after its end."""

    during: list[Path] = field(default_factory=list)
    after: Path = Path()
    figures: dict[str, object] = field(default_factory=dict)


@pytest.fixture(scope="module")
def played(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Played]:
    folder = tmp_path_factory.mktemp("played")
    (folder / "mesh").mkdir()
    mesh, told = start(folder / "mesh"), Played()
    playing = threading.Thread(target=lambda: told.figures.update(demonstrate(mesh.layout, SAMPLE)[1]))
    playing.start()
    while playing.is_alive():
        told.during.append(backup(mesh.layout, folder / "backups"))
        playing.join(1)
    assert flaws(at_rest(mesh.layout)) == []
    told.after = backup(mesh.layout, folder / "backups", "a passphrase")
    mesh.stop()
    yield told


def at_rest(layout: Layout) -> list[Finding]:
    """The findings once nothing waits any more, or when it has waited too long."""
    deadline = time.monotonic() + _REST_SECONDS
    while flaws(found := verify(layout, settled=True)) and time.monotonic() < deadline:
        time.sleep(0.5)
    return found


def flaws(found: list[Finding]) -> list[Finding]:
    return [each for each in found if each.flaw]


@pytest.mark.timeout(300)
def test_every_backup_holds_together_whenever_it_was_taken(played: Played, tmp_path: Path) -> None:
    assert len(played.during) >= 3
    for number, folder in enumerate(played.during[:: len(played.during) // 3]):
        layout = Layout(tmp_path / str(number))
        restore(folder, layout)

        assert flaws(verify(layout)) == []


@pytest.mark.timeout(300)
def test_a_mesh_restored_from_the_middle_comes_to_rest(played: Played, tmp_path: Path) -> None:
    layout = Layout(tmp_path / "restored")
    restore(played.during[len(played.during) // 2], layout)

    mesh = running(layout)
    try:
        assert flaws(at_rest(mesh.layout)) == []
    finally:
        mesh.stop()


@pytest.mark.timeout(300)
def test_a_restored_mesh_serves_with_the_same_totals(played: Played, tmp_path: Path) -> None:
    layout = Layout(tmp_path / "restored")
    restore(played.after, layout, "a passphrase")

    mesh = running(layout)
    try:
        status, figures, said = demonstrate(mesh.layout, SAMPLE)  # finds its process, signs in, and compares
        assert status == 0, said
        assert {**figures, "seconds": 0} == {**played.figures, "seconds": 0}
        assert flaws(at_rest(mesh.layout)) == []
    finally:
        mesh.stop()


def running(layout: Layout) -> Running:
    return start(layout.state)


DAMAGE = {
    "engagement: process log": ("engagement", "UPDATE process_log SET channel = 'paper' WHERE channel <> 'paper'"),
    "registry: access log": ("registry", "DELETE FROM access_log WHERE number = 2"),
    "consent: revisions and journal": ("consent", "UPDATE journal SET at = '2020-01-01T00:00:00.000000Z'"),
    "gateway: message log": ("gateway", "DELETE FROM message_record WHERE seq = (SELECT max(seq) FROM message_record)"),
    "workflow: events handled": ("engagement", "DELETE FROM outbox WHERE seq IN (SELECT max(seq) FROM outbox)"),
    "messaging: events that wait": (
        "messaging",
        "DELETE FROM inbox WHERE event_id IN (SELECT max(event_id) FROM inbox)",
    ),
    "scheduler: database": ("scheduler", "UPDATE alembic_version SET version_num = '0000'"),
}


@pytest.mark.parametrize(("about", "damage"), DAMAGE.items(), ids=DAMAGE.keys())
def test_what_was_damaged_is_named(
    played: Played, restored: Path, tmp_path: Path, about: str, damage: tuple[str, str]
) -> None:
    layout = Layout(Path(shutil.copytree(restored, tmp_path / "damaged")))
    database, statement = damage
    with closing(sqlite3.connect(layout.state / f"{database}.db")) as connection:
        assert connection.execute(statement).rowcount
        connection.commit()

    assert about in {each.about for each in flaws(verify(layout, settled=True))}
    assert say(layout, settled=True) == 1


@pytest.fixture(scope="module")
def restored(played: Played, tmp_path_factory: pytest.TempPathFactory) -> Path:
    layout = Layout(tmp_path_factory.mktemp("restored") / "mesh")
    restore(played.after, layout, "a passphrase")
    assert say(layout, settled=True) == 0
    return layout.state


def test_the_command_line_takes_it_and_brings_it_back(restored: Path, tmp_path: Path) -> None:
    (tmp_path / "passphrase").write_text("from a file\n")
    sealed = ["--passphrase-file", str(tmp_path / "passphrase")]

    taken = run("backup", "--state", str(restored), "--into", str(tmp_path / "backups"), *sealed)
    folder = taken.stdout.strip()
    back = run("restore", "--state", str(tmp_path / "again"), "--from", folder, *sealed)
    checked = run("verify", "--state", str(tmp_path / "again"), "--settled")

    assert [each.returncode for each in (taken, back, checked)] == [0, 0, 0], taken.stderr + back.stderr
    assert "FLAW" not in checked.stdout


def run(*arguments: str) -> subprocess.CompletedProcess[str]:
    command = [sys.executable, "-W", "ignore", "-m", "mesh", *arguments]
    return subprocess.run(command, capture_output=True, text=True, check=False)
