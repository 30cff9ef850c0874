"""The catcher: keeps what it took, shows it to this machine alone, drops second copies."""

import smtplib
import socket
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import make
import pytest
from sqlalchemy import RowMapping

from chassis import app as chassis_app
from chassis.app import App
from chassis.testing.client import Client, Speaker, assert_problem
from messaging.app import SERVICE
from messaging.catcher import actions, jobs
from messaging.channels.email import composed

Rows = Callable[[str], list[RowMapping]]
HERE = {"Host": "127.0.0.1:8104", "Baraza-Context": ""}


@pytest.fixture
def port(app: App) -> Iterator[int]:
    """The catcher's port, with the catcher behind it."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = int(probe.getsockname()[1])
    runtime = replace(
        app.runtime, settings=replace(app.runtime.settings, catcher_port=port), stopping=threading.Event()
    )
    server = threading.Thread(target=jobs.catch, args=(runtime,))
    server.start()
    yield port
    runtime.stopping.set()
    server.join(5)


def test_a_mail_is_kept_before_it_is_acknowledged_and_survives(port: int, demo: Client, tmp_path: Path) -> None:
    mail = make.mail(subject="Decided", template="feedback", text="canary")

    _send(port, composed(mail, "no-reply@city.example"))

    (kept,) = demo.get("/v1/caught-messages").body["items"]
    assert (kept["subject"], kept["template"]) == ("Decided", "feedback")
    assert kept["messageId"] == f"<{mail.id}@city.example>"
    assert "ann@example.org" not in str(kept)
    assert all(b"canary" not in path.read_bytes() for path in tmp_path.glob("block.db*"))


def test_catching_writes_no_address_and_no_text_into_logs(port: int, caplog: pytest.LogCaptureFixture) -> None:
    caplog.set_level("DEBUG")

    _send(port, composed(make.mail(text="canary"), "no-reply@city.example"))

    logs = " ".join(f"{record.getMessage()} {record.__dict__}" for record in caplog.records)
    assert "ann@example.org" not in logs
    assert "canary" not in logs


def test_what_cannot_be_kept_is_not_acknowledged(app: App, port: int, monkeypatch: pytest.MonkeyPatch) -> None:
    def full(*_: object, **__: object) -> None:
        raise OSError("no space left")

    monkeypatch.setattr("messaging.catcher.actions.keep", full)

    with pytest.raises(smtplib.SMTPDataError, match="not kept"):
        _send(port, composed(make.mail(), "no-reply@city.example"))


def test_a_second_copy_is_dropped(port: int, demo: Client) -> None:
    mail = composed(make.mail(), "no-reply@city.example")

    _send(port, mail)
    _send(port, mail)

    assert demo.get("/v1/caught-messages").body["total"] == 1


def test_mails_are_listed_page_by_page_and_by_template(app: App, demo: Client) -> None:
    _keep(app, *(make.mail(template="feedback") for _ in range(3)), make.mail(template="digest"))

    first = demo.get("/v1/caught-messages?limit=2&template=feedback").body
    second = demo.get(f"/v1/caught-messages?limit=2&template=feedback&cursor={first['next']}").body

    assert (len(first["items"]), len(second["items"]), first["total"], second["next"]) == (2, 1, 3, None)
    assert len({each["recipient"] for each in first["items"] + second["items"]}) == 1


def test_a_person_at_this_machine_reads_the_mails(app: App, demo: Client, rows: Rows) -> None:
    _keep(app, make.mail(subject="<b>First</b>", text="<script>alert(1)</script>", language="ar"))
    caught_id = demo.get("/v1/caught-messages").body["items"][0]["id"]

    listed = demo("GET", "/catcher", headers=HERE)
    shown = demo("GET", f"/catcher/{caught_id}", headers=HERE)

    assert (listed.status, shown.status) == (200, 200)
    assert "&lt;b&gt;First&lt;/b&gt;" in listed.body
    assert f"/catcher/{caught_id}" in listed.body
    assert "Ann &lt;ann@example.org&gt;" in shown.body
    assert "&lt;script&gt;" in shown.body
    assert "<script>" not in shown.body + listed.body
    assert shown.headers["Content-Security-Policy"] == "default-src 'none'"


def test_there_is_nothing_at_an_unknown_address(demo: Client) -> None:
    assert_problem(demo("GET", f"/catcher/{make.PROCESS}", headers=HERE), 404, "not-found")


@pytest.mark.parametrize("host", ["catcher.example", "127.0.0.1.example:8104", "10.0.0.1:8104"])
def test_a_name_bent_to_this_machine_reads_nothing(demo: Client, host: str) -> None:
    assert_problem(demo("GET", "/catcher", headers=HERE | {"Host": host}), 404, "catcher-off")


@pytest.mark.parametrize("changes", [{"catcher": False}, {"host": "10.0.0.1"}])
def test_without_the_setting_or_off_loopback_it_does_not_exist(
    app: App, speaker: Speaker, changes: dict[str, object]
) -> None:
    settings = replace(app.runtime.settings, **changes)
    with closing(chassis_app.create(SERVICE, settings, roles=())) as other:
        client = Client(other, speaker, "messaging", {"scopes": ["messaging.read-caught"]})

        assert_problem(client("GET", "/catcher", headers=HERE), 404, "catcher-off")
        assert_problem(client.get("/v1/caught-messages"), 404, "catcher-off")


def test_switched_off_it_starts_no_thread(app: App) -> None:
    settings = replace(app.runtime.settings, catcher=False)
    with closing(chassis_app.create(SERVICE, settings, roles=("tick",))) as other:
        other.workers.start()
        time.sleep(0.1)

        assert not [thread for thread in threading.enumerate() if "catcher" in thread.name]


def _send(port: int, mail: bytes) -> None:
    for _ in range(50):
        try:
            with smtplib.SMTP("127.0.0.1", port, timeout=5) as smtp:
                smtp.sendmail("no-reply@city.example", ["ann@example.org"], mail)
                return
        except ConnectionRefusedError:
            time.sleep(0.05)
    raise AssertionError("the catcher did not start")


def _keep(app: App, *mails: object) -> None:
    for mail in mails:
        with app.runtime.transaction() as tx:
            content = composed(mail, "no-reply@city.example")  # type: ignore[arg-type]
            actions.keep(tx, content, ["ann@example.org"], at=app.runtime.clock(), sealer=app.runtime.sealer)
