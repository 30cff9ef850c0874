"""The blocks' own checks of their chains, asked in one way."""

from collections.abc import Callable, Mapping
from typing import Any

from chassis.database import Transaction
from chassis.sealing import Sealer

Check = Callable[[Transaction, Sealer, Any], tuple[str | None, int]]  # the flaw, and how many rows were checked


def _consent(tx: Transaction, sealer: Sealer, _own: Any) -> tuple[str | None, int]:
    from consent.audit import actions  # noqa: PLC0415 - a block is loaded when it is asked

    found = actions.verify(tx, sealer)
    return (f"{found.broken.where}: {found.broken.reason}" if found.broken else None), found.revisions


def _registry(tx: Transaction, sealer: Sealer, _own: Any) -> tuple[str | None, int]:
    from registry.data.sealing import Vault  # noqa: PLC0415 - as above
    from registry.verification import actions  # noqa: PLC0415 - as above

    found = actions.verify(tx, Vault(sealer))
    return (f"{found.broken.where} {found.broken.reason}" if found.broken else None), found.rows


def _engagement(tx: Transaction, _sealer: Sealer, _own: Any) -> tuple[str | None, int]:
    from engagement.receipts import store  # noqa: PLC0415 - as above

    return store.checked(tx)


def _gateway(tx: Transaction, _sealer: Sealer, own: Any) -> tuple[str | None, int]:
    from gateway.app import genuine, head_file, load_keys  # noqa: PLC0415 - as above
    from gateway.message_log import store  # noqa: PLC0415 - as above
    from gateway.message_log.model import Finding, verify  # noqa: PLC0415 - as above
    from gateway.message_log.writer import kept_head  # noqa: PLC0415 - as above

    keys = load_keys(own)
    verdict = verify(
        store.records(tx),
        store.signed(tx),
        genuine=lambda signed: genuine(keys, own.instance, signed),
        kept=kept_head(head_file(own)),
    )
    sound = verdict.finding is Finding.SOUND
    return (None if sound else f"{verdict.finding} at record {verdict.seq}"), verdict.length


CHECKS: Mapping[str, Check] = {
    "consent": _consent,
    "registry": _registry,
    "engagement": _engagement,
    "gateway": _gateway,
}
NAMES = {
    "consent": "revisions and journal",
    "registry": "access log",
    "engagement": "process log",
    "gateway": "message log",
}
