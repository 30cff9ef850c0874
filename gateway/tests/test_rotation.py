"""Signing keys are exchanged; what the old ones signed stays known, and no more than that."""

from pathlib import Path

import pytest

from chassis.database import Database
from gateway import keys
from gateway.app import context_keys, genuine, load_keys
from gateway.keys import Ring
from gateway.message_log import store
from gateway.message_log.model import EMPTY, Entry, Finding, Head, Kind, Record, Signed, append, statement, verify
from gateway.rotation import __main__ as command
from gateway.rotation import model
from gateway.settings import GatewaySettings


@pytest.fixture
def settings(tmp_path: Path, database_url: str, monkeypatch: pytest.MonkeyPatch) -> GatewaySettings:
    """Also in the environment, for the command."""
    folder = str(tmp_path / "state")
    for name, value in {"DATABASE_URL": database_url, "STATE_FOLDER": folder}.items():
        monkeypatch.setenv(name, value)
    own = GatewaySettings(database_url=database_url, state_folder=folder)
    load_keys(own)
    return own


def lengthen(settings: GatewaySettings, records: int, by: Ring | None = None, after: Head | None = None) -> None:
    """Each record is a batch of its own, signed by the mediator as it is now (or by another ring)."""
    ring, database = by or load_keys(settings).logs, Database(settings.database_url)
    with database.transaction() as tx:
        head = store.head(tx) if after is None else after
        for _ in range(records):
            record = append(head, Entry(Kind.REQUEST, "r", "2026-06-01T12:00:00Z", "c", "s", {}))
            head = record.head
            signature = ring.signing.sign(statement(settings.instance, head))
            store.add(tx, [record], Signed(head, ring.signing.id, signature))
    database.close()


def found(settings: GatewaySettings) -> tuple[Finding, int | None]:
    own, database = load_keys(settings), Database(settings.database_url)
    with database.reading() as tx:
        verdict = verify(
            store.records(tx), store.signed(tx), genuine=lambda each: genuine(own, settings.instance, each)
        )
    database.close()
    return verdict.finding, verdict.seq


def run(*steps: str) -> list[int]:
    return [command.main(step.split()) for step in steps]


def test_a_context_key_is_known_before_it_signs_and_after(settings: GatewaySettings) -> None:
    seen = []
    for step in ("add", "promote", "retire"):
        before = load_keys(settings)
        assert run(f"context {step}") == [0]
        after = load_keys(settings)
        known = {key["kid"] for key in context_keys(after)["keys"]}
        seen.append((after.context.id == before.context.id, len(known)))
        assert after.context.id in {key["kid"] for key in context_keys(before)["keys"]}
        assert all("d" not in key for key in context_keys(after)["keys"])

    assert seen == [(True, 2), (False, 2), (True, 1)]


def test_a_log_signed_by_three_keys_in_turn_is_sound(settings: GatewaySettings) -> None:
    lengthen(settings, 3)
    for _ in range(2):
        assert run("log add", "log promote", "log retire") == [0, 0, 0]
        lengthen(settings, 2)

    assert found(settings) == (Finding.SOUND, None)
    text = (Path(settings.state_folder) / "log.pem").read_text()
    assert text.count("PRIVATE KEY-----") == 2  # one begins, one ends
    assert [key.until for key in keys.ring(text).known] == [None, 5, 3]


def test_whoever_finds_a_retired_key_cannot_write_another_history(settings: GatewaySettings) -> None:
    stolen = load_keys(settings).logs
    lengthen(settings, 3)
    run("log add", "log promote", "log retire")
    lengthen(settings, 1)
    database = Database(settings.database_url)
    with database.transaction() as tx:
        for table in ("message_record", "message_head"):
            tx.connection.exec_driver_sql(f"DELETE FROM {table}")  # noqa: S608 - names of our own
    database.close()

    lengthen(settings, 4, by=stolen, after=EMPTY)

    assert found(settings) == (Finding.UNSIGNED, 4)


def test_a_strangers_key_vouches_for_nothing(settings: GatewaySettings) -> None:
    lengthen(settings, 2, by=keys.ring(keys.new_pem()))

    assert found(settings) == (Finding.UNSIGNED, 1)


def test_a_log_that_lost_its_old_key_is_not_vouched_for(settings: GatewaySettings) -> None:
    lengthen(settings, 2)
    (Path(settings.state_folder) / "log.pem").write_text(keys.new_pem())

    assert found(settings) == (Finding.UNSIGNED, 1)


def test_steps_out_of_order_are_refused_and_change_nothing(settings: GatewaySettings) -> None:
    file = Path(settings.state_folder) / "log.pem"
    before = file.read_text()

    assert run("log promote") == [1]
    assert file.read_text() == before
    assert run("log add", "log add") == [0, 1]


def test_a_key_that_is_no_file_is_not_exchanged(
    settings: GatewaySettings, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("LOG_KEY", keys.new_pem())
    assert run("log add") == [1]

    (tmp_path / "given.pem").write_text(keys.new_pem())
    monkeypatch.setenv("LOG_KEY_FILE", str(tmp_path / "given.pem"))

    assert run("log add") == [0]
    assert len(keys.ring((tmp_path / "given.pem").read_text()).known) == 2
    assert (tmp_path / "given.pem").stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize("text", ["", "no key", "-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----"])
def test_a_text_without_a_key_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        keys.ring(text)


def test_a_public_half_cannot_sign(settings: GatewaySettings) -> None:
    public = keys.ring(keys.new_pem()).known[0].pem()

    with pytest.raises((ValueError, TypeError)):
        keys.ring(public)


def test_retiring_tells_how_far_each_key_went() -> None:
    text = model.promoted(model.added(keys.new_pem()))

    retired = keys.ring(model.retired_from_log(text, lambda _: 7))

    assert [key.until for key in retired.known] == [None, 7]
    assert model.retired_from_log(model.retired_from_log(text, lambda _: 7), lambda _: 9).count("Until: 7") == 1


def test_a_key_without_a_record_vouches_for_none() -> None:
    ring = keys.ring(model.retired_from_log(model.promoted(model.added(keys.new_pem())), lambda _: 0))
    record: Record = append(EMPTY, Entry(Kind.REQUEST, "r", "2026-06-01T12:00:00Z", "c", "s", {}))

    assert not ring.known[1].vouches(ring.known[1].id, record.seq, b"x" * 64, b"said")
