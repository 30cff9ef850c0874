"""`python -m identity.keys list | rotate [--lead SECONDS] | replace`: exchange the key that signs tokens.

Settings come from the environment, as for `python -m identity`. Running processes take the new key by themselves.
"""

import argparse
import os
import sys
from contextlib import closing
from datetime import datetime, timedelta

from chassis import clock, settings
from chassis.database import Database
from chassis.sealing import Sealer, Unsealable
from chassis.settings import BadSetting
from identity.keys import actions, store
from identity.keys.model import Rotation
from identity.settings import Settings

_LEAD_SECONDS = 600  # verifiers read keys again after 300 seconds at the latest


def main(arguments: list[str] | None = None) -> int:
    """One verb; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m identity.keys")
    verbs = parser.add_subparsers(dest="verb", required=True)
    verbs.add_parser("list", help="show the published keys")
    rotate = verbs.add_parser("rotate", help="publish a new key, sign with it later, end the old one after its tokens")
    rotate.add_argument("--lead", type=int, default=_LEAD_SECONDS, help="seconds until the new key signs")
    verbs.add_parser("replace", help="the old key was stolen: all tokens end now, everybody signs in again")
    given = parser.parse_args(arguments)
    try:
        own = settings.load(Settings, os.environ)
        _run(given, own, clock.system())
    except Unsealable:
        print("SEALING_KEY is not the key with which this database was sealed", file=sys.stderr)
        return 1
    except BadSetting as bad:
        print(bad, file=sys.stderr)
        return 2
    return 0


def _run(given: argparse.Namespace, own: Settings, at: datetime) -> None:
    database, sealer = Database(own.database_url), Sealer(own.sealing_key)
    longest = timedelta(seconds=max(own.person_token_seconds, own.application_token_seconds))
    with closing(database), database.transaction() as tx:
        if given.verb != "list":
            actions.opened(actions.ensure(tx, bits=own.key_bits, at=at, sealer=sealer), sealer)
        if given.verb == "rotate":
            change = Rotation(timedelta(seconds=given.lead), longest)
            actions.rotate(tx, change, bits=own.key_bits, at=at, sealer=sealer)
        elif given.verb == "replace":
            actions.replace(tx, bits=own.key_bits, at=at, sealer=sealer)
        for key in store.published(tx, at):
            until = "" if key.published_until is None else f" until {clock.text(key.published_until)}"
            print(f"{key.kid} signs from {clock.text(key.signs_from)}{until}")


if __name__ == "__main__":
    sys.exit(main())
