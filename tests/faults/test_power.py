"""A power cut takes what was not synchronised; what was acknowledged was."""

import os
import signal
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

from tests.faults.matrix import suffer_power_cut
from tests.faults.power import Power

_WRITE = """
import os, signal, sqlite3, sys
connection = sqlite3.connect(sys.argv[1], isolation_level=None)
connection.execute("PRAGMA journal_mode=WAL").fetchall()
connection.execute("CREATE TABLE fact (number INTEGER)")
connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchall()
connection.execute(f"PRAGMA synchronous={sys.argv[2]}")
for number in range(50):
    connection.execute("INSERT INTO fact VALUES (?)", (number,))
os.kill(os.getpid(), signal.SIGKILL)
"""


@pytest.mark.parametrize(("synchronous", "all_kept"), [("FULL", True), ("OFF", False)])
def test_the_cut_takes_what_was_not_synchronised(synchronous: str, all_kept: bool, tmp_path: Path) -> None:
    state = tmp_path / "state"
    state.mkdir()
    power = Power(state, tmp_path / "power")
    command = [sys.executable, "-c", _WRITE, str(state / "facts.db"), synchronous]
    done = subprocess.run(command, env={**os.environ, **power.environment}, check=False)

    power.cut(seed=1)

    assert done.returncode == -signal.SIGKILL
    with closing(sqlite3.connect(state / "facts.db")) as connection:
        [(kept,)] = connection.execute("SELECT count(*) FROM fact")
    assert (kept == 50) is all_kept


@pytest.mark.timeout(240)
def test_a_power_cut_loses_nothing_that_was_acknowledged() -> None:
    outcome = suffer_power_cut(seed=20161)

    assert outcome.findings == {}
