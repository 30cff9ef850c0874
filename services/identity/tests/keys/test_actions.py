"""Signing keys outlive the process and open with their own sealing key alone."""

from datetime import timedelta

import pytest

from chassis.clock import FixedClock
from chassis.database import Transaction
from chassis.sealing import Sealer, Unsealable
from identity.keys import actions, store

SEALER = Sealer("5e" * 32)


def test_the_first_key_is_made_once(tx: Transaction, clock: FixedClock) -> None:
    first = actions.ensure(tx, bits=2048, at=clock(), sealer=SEALER)
    again = actions.ensure(tx, bits=2048, at=clock(), sealer=Sealer("5e" * 32))

    assert first == again
    assert actions.opened(again, Sealer("5e" * 32)).thumbprint() == first.kid


def test_another_sealing_key_does_not_open_it(tx: Transaction, clock: FixedClock) -> None:
    key = actions.ensure(tx, bits=2048, at=clock(), sealer=SEALER)

    with pytest.raises(Unsealable):
        actions.opened(key, Sealer("aa" * 32))


def test_the_newest_key_signs_and_older_ones_stay_published_until_they_end(tx: Transaction, clock: FixedClock) -> None:
    old = actions.ensure(tx, bits=2048, at=clock(), sealer=SEALER)
    public = old.public | {"kid": "new"}
    new = type(old)("new", old.algorithm, public, old.sealed, clock() + timedelta(minutes=5))
    store.add(tx, new)

    assert store.signing(tx, clock()) == old
    clock.move(minutes=5)
    assert store.signing(tx, clock()) == new
    assert [key["kid"] for key in actions.jwks(tx, at=clock())["keys"]] == ["new", old.kid]
