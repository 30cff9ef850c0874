"""A dead child runs again within two seconds; children die with whoever watches them."""

import os
import signal
import subprocess
import sys
import textwrap
import time
from collections.abc import Callable
from pathlib import Path

import pytest

from mesh.supervisor import Child, Supervisor

SLEEP = [sys.executable, "-c", "import time; time.sleep(60)"]


def within(seconds: float, holds: Callable[[], bool]) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if holds():
            return True
        time.sleep(0.05)
    return False


def alive(pid: int) -> bool:
    try:
        return Path(f"/proc/{pid}/stat").read_text().rsplit(")", 1)[1].split()[0] != "Z"
    except FileNotFoundError:
        return False


def test_a_killed_child_is_started_again(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w") as output:
        child = Child("sleeper", SLEEP, dict, output)
        child.start()
        assert child.process
        first = child.process.pid

        os.kill(first, signal.SIGKILL)
        restarted = within(2, child.look)

        assert restarted
        assert child.process.pid != first
        child.process.kill()
        child.process.wait()


def test_a_child_that_keeps_dying_is_not_started_in_a_tight_loop(tmp_path: Path) -> None:
    with (tmp_path / "log").open("w") as output:
        child = Child("dying", [sys.executable, "-S", "-c", ""], dict, output)
        child.start()
        starts = 0
        deadline = time.monotonic() + 3

        while time.monotonic() < deadline:
            starts += child.look()
            time.sleep(0.02)

        assert 1 <= starts <= 5


def test_stopping_lets_children_end_in_order(tmp_path: Path) -> None:
    polite = (
        "import signal,sys,time; signal.signal(15, lambda *_: sys.exit(0)); print('up', flush=True); time.sleep(60)"
    )
    with (tmp_path / "log").open("w") as output:
        child = Child("polite", [sys.executable, "-c", polite], dict, output)
        child.start()
        assert within(5, lambda: "up" in (tmp_path / "log").read_text())

        Supervisor([child]).stop()

        assert child.process and child.process.returncode == 0


@pytest.mark.parametrize("end", [signal.SIGKILL, signal.SIGTERM])
def test_children_die_with_the_launcher(tmp_path: Path, end: signal.Signals) -> None:
    launcher = textwrap.dedent(
        """
        import sys
        from mesh.supervisor import Child, Supervisor
        with open(sys.argv[1], "w") as output:
            child = Child("sleeper", [sys.executable, "-c", "import time; time.sleep(60)"], dict, output)
            supervisor = Supervisor([child])
            supervisor.start()
            print(child.process.pid, flush=True)
            supervisor.run()
        """
    )
    process = subprocess.Popen(
        [sys.executable, "-c", launcher, str(tmp_path / "log")], stdout=subprocess.PIPE, text=True
    )
    assert process.stdout
    child = int(process.stdout.readline())

    process.send_signal(end)

    assert within(5, lambda: not alive(child))
    process.wait(5)
    process.stdout.close()
