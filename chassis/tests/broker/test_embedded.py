"""What only the embedded log has: a file, doorbells, a claim."""

from collections.abc import Iterator
from pathlib import Path

import other_process
import pytest

from chassis.broker import Message
from chassis.broker.embedded import EmbeddedLog
from chassis.errors import Unavailable

_LEAVES_A_BELL = """
import sys, time
from chassis.broker.embedded import EmbeddedLog
log = EmbeddedLog(sys.argv[1])
bell = log.bell()
print(bell.getsockname(), flush=True)
time.sleep(600)
"""

_OPENS = "import sys; from chassis.broker.embedded import EmbeddedLog; EmbeddedLog(sys.argv[1]).lag('g', ['t'])"


@pytest.fixture
def log(tmp_path: Path) -> Iterator[EmbeddedLog]:
    log = EmbeddedLog(str(tmp_path / "events"))
    yield log
    log.close()


def note(value: bytes = b"{}") -> Message:
    return Message("notes", "k", value, {})


def test_a_dead_bell_is_swept_at_the_next_ring(log: EmbeddedLog) -> None:
    with other_process.running(_LEAVES_A_BELL, str(log.folder)) as process:
        bell = Path(other_process.line(process))
        log.publish([note()])
        assert bell.exists()

        other_process.kill(process)
        log.publish([note()])

        assert not bell.exists()


def test_a_member_that_leaves_takes_its_bell_along(log: EmbeddedLog) -> None:
    log.subscribe("readers", ["notes"]).close()

    assert list((log.folder / "bells").iterdir()) == []


def test_a_bell_that_nobody_hears_stops_no_publisher(log: EmbeddedLog) -> None:
    member = log.subscribe("readers", ["notes"])

    for _ in range(600):  # more than a socket's queue holds
        log._ring()
    log.publish([note()])

    assert len(member.poll(10, 1)) == 1
    member.close()


def test_a_folder_too_deep_for_a_socket_still_carries_records(tmp_path: Path) -> None:
    log = EmbeddedLog(str(tmp_path / ("deep" * 20) / "events"))
    member = log.subscribe("readers", ["notes"])
    log.publish([note()])

    assert len(member.poll(10, 1)) == 1
    member.close()
    log.close()


def test_what_is_acknowledged_is_on_disk(log: EmbeddedLog) -> None:
    assert log._connection.execute("PRAGMA synchronous").fetchone() == (2,)
    assert log._connection.execute("PRAGMA journal_mode").fetchone() == ("wal",)


def test_a_full_disk_is_unavailable_and_heals(log: EmbeddedLog) -> None:
    log._connection.execute("PRAGMA max_page_count=12").fetchall()
    with pytest.raises(Unavailable):
        log.publish([note(b"x" * 100_000)])

    log._connection.execute("PRAGMA max_page_count=1000000").fetchall()
    log.publish([note()])

    assert log.lag("readers", ["notes"]) == 1


def test_eight_processes_may_open_a_fresh_log_at_once(tmp_path: Path) -> None:
    folder = str(tmp_path / "fresh")

    opened = [other_process.start(_OPENS, folder) for _ in range(8)]

    assert other_process.finished(*opened) == [0] * 8
