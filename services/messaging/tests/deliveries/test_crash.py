"""A worker killed between the provider's acceptance and its own record, as a process."""

import os
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable
from dataclasses import fields

import make
from fake_smtp import FakeSmtp
from sqlalchemy import RowMapping

from chassis.app import App
from chassis.testing.client import Client
from messaging.deliveries.jobs import AFTER_ACCEPT

_WORK = [sys.executable, "-W", "ignore", "-m", "messaging", "consume"]


def test_a_killed_worker_loses_nothing_and_repeats_a_mail_once_at_most(
    app: App, demo: Client, smtp: FakeSmtp, rows: Callable[[str], list[RowMapping]]
) -> None:
    demo.post("/send/email/batch", make.batch(*(f"p{number}@example.org" for number in range(30))))

    killed = subprocess.run(
        _WORK, env=_environment(app, failpoints=f"{AFTER_ACCEPT}:hit=7:kill"), timeout=60, check=False
    )
    with subprocess.Popen(_WORK, env=_environment(app)) as worker:
        ends_at = time.monotonic() + 60
        while any(row["status"] != "delivered" for row in rows("message")):
            assert time.monotonic() < ends_at
            time.sleep(0.1)
        worker.terminate()

    copies = Counter(smtp.message_ids)
    assert killed.returncode == -signal.SIGKILL
    assert len(copies) == 30
    assert set(copies.values()) <= {1, 2}


def _environment(app: App, **settings: str) -> dict[str, str]:
    """The app's own settings, as a process is told them."""
    own = app.runtime.settings
    told = {each.name: str(getattr(own, each.name)) for each in fields(own)} | {"catcher": "false"} | settings
    return {**os.environ, **{name.upper(): value for name, value in told.items()}}
