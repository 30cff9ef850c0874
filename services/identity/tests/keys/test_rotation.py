"""Keys are exchanged while tokens of the old one are still about."""

from datetime import timedelta
from typing import Any

import pytest
from joserfc.errors import JoseError

from chassis.app import App
from chassis.clock import FixedClock
from chassis.database import Transaction
from chassis.sealing import Sealer
from identity import housekeeping
from identity.keys import __main__ as command
from identity.keys import actions, store
from identity.keys.model import Rotation

SEALER = Sealer("5e" * 32)
CHANGE = Rotation(lead=timedelta(minutes=10), longest_token=timedelta(hours=1))


def published(tx: Transaction, clock: FixedClock) -> list[str]:
    return [key["kid"] for key in actions.jwks(tx, at=clock())["keys"]]


def test_a_new_key_is_published_before_it_signs_and_the_old_one_after_it_signed(
    tx: Transaction, clock: FixedClock
) -> None:
    old = actions.ensure(tx, bits=2048, at=clock(), sealer=SEALER)
    clock.move(days=90)
    new = actions.rotate(tx, CHANGE, bits=2048, at=clock(), sealer=SEALER)

    seen = []
    for minutes in (0, 9, 1, 59, 1):
        clock.move(minutes=minutes)
        signs = actions.ensure(tx, bits=2048, at=clock(), sealer=SEALER).kid
        seen.append((signs, published(tx, clock)))

    both = [new.kid, old.kid]
    assert seen == [(old.kid, both), (old.kid, both), (new.kid, both), (new.kid, both), (new.kid, [new.kid])]


def test_a_stolen_key_verifies_nothing_from_now_on(tx: Transaction, clock: FixedClock) -> None:
    actions.ensure(tx, bits=2048, at=clock(), sealer=SEALER)
    actions.rotate(tx, CHANGE, bits=2048, at=clock(), sealer=SEALER)
    clock.move(minutes=1)

    new = actions.replace(tx, bits=2048, at=clock(), sealer=SEALER)

    assert published(tx, clock) == [new.kid]
    assert actions.ensure(tx, bits=2048, at=clock(), sealer=SEALER) == new


def test_a_second_exchange_does_not_lengthen_the_first(tx: Transaction, clock: FixedClock) -> None:
    old = actions.ensure(tx, bits=2048, at=clock(), sealer=SEALER)
    actions.rotate(tx, CHANGE, bits=2048, at=clock(), sealer=SEALER)
    clock.move(minutes=30)
    actions.rotate(tx, CHANGE, bits=2048, at=clock(), sealer=SEALER)
    clock.move(minutes=40)

    assert old.kid not in published(tx, clock)
    assert len(published(tx, clock)) == 2


def test_an_ended_key_is_forgotten_with_its_private_half(app: App, clock: FixedClock) -> None:
    own = app.runtime
    with own.transaction() as tx:
        old = actions.ensure(tx, bits=2048, at=clock(), sealer=own.sealer)
        new = actions.rotate(tx, CHANGE, bits=2048, at=clock(), sealer=own.sealer)

    clock.move(minutes=69)
    housekeeping.forget(own)
    with own.reading() as tx:
        assert [key.kid for key in store.published(tx, clock())] == [new.kid, old.kid]
    clock.move(minutes=1)
    housekeeping.forget(own)

    with own.reading() as tx:  # asked at noon, when both were published
        assert [key.kid for key in store.published(tx, clock() - timedelta(hours=1))] == [new.kid]


def test_tokens_of_both_keys_are_verified_while_both_are_published(app: App, portal: Any, clock: FixedClock) -> None:
    grant = {"grant_type": "client_credentials"}
    before = portal.ask(grant).json()["access_token"]
    own = app.runtime
    with own.transaction() as tx:
        actions.rotate(tx, CHANGE, bits=2048, at=clock(), sealer=own.sealer)
    clock.move(minutes=10)
    after = portal.ask(grant).json()["access_token"]

    assert portal.verified(before)[0]["kid"] != portal.verified(after)[0]["kid"]
    clock.move(hours=1)
    assert portal.verified(after)
    with pytest.raises((JoseError, ValueError)):
        portal.verified(before)


def test_the_command_exchanges_keys_of_a_running_block(
    app: App, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    settings = app.runtime.settings
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("SEALING_KEY", settings.sealing_key)
    monkeypatch.setenv("KEY_BITS", "2048")

    told = []
    for verb in (["list"], ["rotate", "--lead", "60"], ["list"], ["replace"]):
        assert command.main(verb) == 0
        told.append(capsys.readouterr().out.splitlines())
    monkeypatch.setenv("SEALING_KEY", "aa" * 32)

    assert [len(lines) for lines in told] == [0, 2, 2, 1]
    assert "until" in told[1][1]
    assert "until" not in told[1][0]
    assert command.main(["rotate"]) == 1
    monkeypatch.delenv("DATABASE_URL")
    assert command.main(["list"]) == 2
