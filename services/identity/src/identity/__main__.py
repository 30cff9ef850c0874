"""`python -m identity serve | relay | consume | migrate | check`; `serve` first applies SEED_FILE."""

import os
import sys

from chassis import cli, settings
from chassis.database import Database
from chassis.sealing import Sealer
from chassis.settings import BadSetting
from identity import seed
from identity.app import SERVICE
from identity.settings import Settings


def main() -> int:
    """The chassis' verbs; whoever serves has its key and its clients before the first request."""
    if sys.argv[1:2] == ["serve"]:
        try:
            own = settings.load(Settings, os.environ)
            database = Database(own.database_url)
            seed.prepare(database, own, Sealer(own.sealing_key))
            database.close()
        except BadSetting as bad:
            print(bad, file=sys.stderr)  # noqa: T201 - the answer to whoever typed the command
            return 2
    return cli.main(SERVICE, Settings)


sys.exit(main())
