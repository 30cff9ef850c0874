"""Failpoints: nothing by default, exactly what was asked otherwise."""

import re
import time
from pathlib import Path

import other_process
import pytest

import chassis
from chassis.failpoints import POINTS, Failed, Failpoints

_HANGS_OR_DIES = """
import sys
from chassis.failpoints import Failpoints
points = Failpoints(sys.argv[1])
for _ in range(int(sys.argv[2])):
    points.hit("relay.after_read")
print("went by", flush=True)
"""


def test_nothing_happens_by_default() -> None:
    for name in POINTS:
        Failpoints().hit(name)


def test_error_raises_with_the_points_name() -> None:
    points = Failpoints("relay.after_read:error")

    with pytest.raises(Failed, match=r"relay\.after_read"):
        points.hit("relay.after_read")
    points.hit("relay.after_produce")


def test_a_point_fails_at_its_hit_and_not_again() -> None:
    points = Failpoints("relay.after_read:hit=3:error")
    points.hit("relay.after_read")
    points.hit("relay.after_read")

    with pytest.raises(Failed):
        points.hit("relay.after_read")
    points.hit("relay.after_read")


def test_several_points_at_once() -> None:
    points = Failpoints("relay.after_read:error,jobs.after_run:hit=2:error")

    with pytest.raises(Failed):
        points.hit("relay.after_read")
    points.hit("jobs.after_run")
    with pytest.raises(Failed):
        points.hit("jobs.after_run")


def test_delay_waits_so_many_seconds() -> None:
    started = time.monotonic()

    Failpoints("relay.after_read:delay=0.2").hit("relay.after_read")

    assert time.monotonic() - started >= 0.2


def test_kill_ends_the_process_as_a_power_cut_does() -> None:
    killed = other_process.start(_HANGS_OR_DIES, "relay.after_read:hit=2:kill", "2")
    spared = other_process.start(_HANGS_OR_DIES, "relay.after_read:hit=2:kill", "1")

    assert other_process.finished(killed, spared) == [-9, 0]


def test_hang_goes_no_further() -> None:
    with other_process.running(_HANGS_OR_DIES, "relay.after_read:hang", "1") as process:
        time.sleep(1.5)
        assert process.poll() is None


@pytest.mark.parametrize(
    "text",
    ["relay.nowhere:error", "relay.after_read", "relay.after_read:explode", "relay.after_read:hit=2",
     "relay.after_read:hit=x:error", "relay.after_read:hit=1:hit=2:error", "relay.after_read:delay="],
)  # fmt: skip
def test_what_is_not_understood_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        Failpoints(text)


def test_a_block_has_points_of_its_own() -> None:
    points = Failpoints("notes.after_writing:error", {"notes.after_writing": "A note is written."})

    with pytest.raises(Failed):
        points.hit("notes.after_writing")


def test_every_point_is_somewhere_in_the_code() -> None:
    sources = "".join(path.read_text("utf-8") for path in Path(chassis.__file__).parent.rglob("*.py"))

    assert set(re.findall(r'\.hit\("([^"]+)"\)', sources)) == set(POINTS)
    assert all(POINTS.values())
