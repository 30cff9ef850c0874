"""`python -m registry serve | relay | consume | migrate | check | seed FILE`."""

import os
import sys

from chassis import cli, settings
from chassis.database import Database
from registry import seed
from registry.app import SERVICE
from registry.settings import Settings


def main(arguments: list[str]) -> int:
    """Run one verb; its exit status. `migrate` applies SEED_FILE too, where one is set."""
    if len(arguments) == 2 and arguments[0] == "seed":
        return _seed(arguments[1])
    status = cli.main(SERVICE, Settings, arguments)
    if arguments[:1] == ["migrate"] and status == 0 and (path := os.environ.get("SEED_FILE")):
        return _seed(path)
    return status


def _seed(path: str) -> int:
    own = settings.load(Settings, os.environ)
    database = Database(own.database_url)
    try:
        seed.apply(database, own, path)
    except seed.BadSeed as bad:
        print(bad, file=sys.stderr)  # noqa: T201 - the answer to whoever typed the command
        return 2
    finally:
        database.close()
    return 0


sys.exit(main(sys.argv[1:]))
