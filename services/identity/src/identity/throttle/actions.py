"""The stories of throttling: hear an attempt, take it back when it was no failure, count registrations."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from chassis.database import Transaction
from chassis.sealing import Sealer
from identity.throttle import store
from identity.throttle.model import FORGOTTEN_AFTER, Bucket, Failures, TooManyAttempts

_HOUR = timedelta(hours=1)


def hear(tx: Transaction, buckets: Sequence[Bucket], *, at: datetime, sealer: Sealer) -> None:
    """Count an attempt as failed before it is looked at, so that many at once cannot slip by. Raises TooManyAttempts,
    and then counts nothing."""
    keys = {_key(bucket, sealer): bucket for bucket in buckets}
    found = store.locked(tx, keys, at)
    for key, bucket in keys.items():
        bucket.may_try(found[key], at).require()
    for key in keys:
        store.save(tx, key, _one_more(found[key], at))


def went_well(tx: Transaction, buckets: Sequence[Bucket], *, sealer: Sealer) -> None:
    """The attempt was no failure: its login starts anew, its network is as before."""
    store.forget(tx, [_key(bucket, sealer) for bucket in buckets if bucket.kind != "network"])
    for bucket in buckets:
        if bucket.kind == "network":
            store.take_back(tx, _key(bucket, sealer))


def count_registration(tx: Transaction, network: str, most: int, *, at: datetime, sealer: Sealer) -> None:
    """One more account from a network, `most` in an hour. Raises TooManyAttempts."""
    key = sealer.digest(network, "throttle.registration")
    found = store.locked(tx, [key], at)[key]
    if found.since <= at - _HOUR:
        found = Failures(0, at, at)
    if found.count >= most:
        seconds = int((found.since + _HOUR - at).total_seconds()) + 1
        raise TooManyAttempts("Too many accounts were made from here.", retry_after_seconds=seconds)
    store.save(tx, key, replace(found, count=found.count + 1, last_at=at))


def _one_more(failures: Failures, at: datetime) -> Failures:
    if failures.last_at <= at - FORGOTTEN_AFTER:
        return Failures(1, at, at)
    return replace(failures, count=failures.count + 1, last_at=at)


def _key(bucket: Bucket, sealer: Sealer) -> str:
    return sealer.digest(bucket.key, f"throttle.{bucket.kind}")
