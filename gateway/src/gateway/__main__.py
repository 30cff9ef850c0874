"""`python -m gateway serve | migrate | verify-log | check`: one verb a command."""

import argparse
import os
import sys
from collections.abc import Callable
from pathlib import Path

import uvloop

from chassis import logs, migrations, plaintext, settings
from chassis.database import Database
from chassis.errors import Refusal
from chassis.settings import BadSetting
from gateway.app import genuine, head_file, load_keys, refuse_plaintext
from gateway.catalogue import schemas
from gateway.message_log import store
from gateway.message_log.model import Finding, verify
from gateway.message_log.writer import kept_head
from gateway.serving import serve
from gateway.settings import GatewaySettings


def main(arguments: list[str] | None = None) -> int:
    """Run one verb; its exit status."""
    verbs: dict[str, Callable[[GatewaySettings], int]] = {
        "serve": _serve,
        "migrate": _migrate,
        "verify-log": _verify_log,
        "check": _check,
    }
    parser = argparse.ArgumentParser(prog="python -m gateway")
    parser.add_argument("verb", choices=tuple(verbs))
    verb = parser.parse_args(arguments).verb
    try:
        own = settings.load(GatewaySettings, os.environ)
        calls = {"JWKS_URL": own.keys_url(), "OTLP_ENDPOINT": own.otlp_endpoint}
        plaintext.refuse(own, calls, listens=verb == "serve")
        logs.configure(own.log_level, "gateway")
        return verbs[verb](own)
    except BadSetting as bad:
        print(bad, file=sys.stderr)  # noqa: T201 - the answer to whoever typed the command
        return 2


def _serve(own: GatewaySettings) -> int:
    uvloop.run(serve(own))
    return 0


def _migrate(own: GatewaySettings) -> int:
    """Bring the database to its newest migration and make the keys that are not given."""
    database = Database(own.database_url)
    migrations.migrate(database, "gateway")
    database.close()
    load_keys(own)
    return 0


def _verify_log(own: GatewaySettings) -> int:
    """Read the whole message log and say the first thing that is wrong with it."""
    keys, database = load_keys(own), Database(own.database_url)
    kept = kept_head(head_file(own))
    with database.reading() as tx:
        verdict = verify(
            store.records(tx),
            store.signed(tx),
            genuine=lambda signed: genuine(keys, own.instance, signed),
            kept=kept,
        )
    database.close()
    where = "" if verdict.seq is None else f" at record {verdict.seq}"
    print(f"{verdict.finding}{where}; {verdict.length} records in order")  # noqa: T201 - the answer to whoever typed the command
    return 0 if verdict.finding is Finding.SOUND else 1


def _check(own: GatewaySettings) -> int:
    """Whether the mediator could serve: settings, keys, catalogue, database and migrations."""
    try:
        load_keys(own)
        if own.catalogue_file:
            told = schemas.registrations(Path(own.catalogue_file).read_text("utf-8"))
            refuse_plaintext(own, (service.base_url for service in told.services))
        database = Database(own.database_url)
        current = database.ready() and migrations.is_current(database, "gateway")
        database.close()
    except (Refusal, OSError, ValueError) as error:
        print(f"not ready: {error}")  # noqa: T201 - the answer to whoever typed the command
        return 1
    print("ready" if current else "not ready: migrations")  # noqa: T201 - the answer to whoever typed the command
    return 0 if current else 1


if __name__ == "__main__":
    sys.exit(main())
