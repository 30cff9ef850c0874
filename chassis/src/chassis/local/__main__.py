"""`python -m chassis.local -- COMMAND`: run a command with a real PostgreSQL and Apache Kafka at hand.

Both are found by the ladder; `POSTGRES_URL` and `KAFKA_URL` tell the command where they are. What was started here ends
with the command.
"""

import argparse
import os
import subprocess
import sys
from contextlib import ExitStack

from chassis.local import kafka, postgres
from chassis.local.postgres import Missing


def main() -> int:
    """The command's exit status; 2 when a server cannot be had."""
    parser = argparse.ArgumentParser(prog="python -m chassis.local")
    parser.add_argument("--without", choices=("postgresql", "kafka"), action="append", default=[])
    parser.add_argument("command", nargs="+")
    given = parser.parse_args()
    environment = dict(os.environ)
    with ExitStack() as servers:
        try:
            if "postgresql" not in given.without:
                database = postgres.open_one()
                servers.callback(database.close)
                environment["POSTGRES_URL"] = database.root
            if "kafka" not in given.without:
                broker = kafka.open_one()
                servers.callback(broker.close)
                environment["KAFKA_URL"] = broker.url
        except Missing as missing:
            print(missing, file=sys.stderr)  # noqa: T201 - the answer to whoever typed the command
            return 2
        return subprocess.run(given.command, env=environment, check=False).returncode  # noqa: S603 - theirs to choose


if __name__ == "__main__":
    sys.exit(main())
