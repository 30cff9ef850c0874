"""`python -m mesh.deployment --answers .env --into deploy/compose/secrets`: before the start, and again to renew."""

import argparse
import sys
from datetime import UTC, datetime
from pathlib import Path

from mesh.deployment import answers, secrets
from mesh.deployment.answers import BadAnswer


def main(arguments: list[str] | None = None) -> int:
    """Make or complete the folder of secrets; its exit status is 2 for answers that cannot be used."""
    parser = argparse.ArgumentParser(prog="python -m mesh.deployment")
    parser.add_argument("--answers", default=".env", help="the file that Docker Compose reads, too")
    parser.add_argument("--into", default="deploy/compose/secrets", help="folder of the secrets")
    given = parser.parse_args(arguments)
    folder = Path(given.into)
    try:
        renewed = secrets.make(folder, answers.read(Path(given.answers)), datetime.now(UTC))
    except (BadAnswer, OSError) as error:
        print(error, file=sys.stderr)
        return 2
    print(f"Certificates made: {', '.join(renewed) or 'none'}.")
    print(f"The first administrator's password is in {folder / 'administrator.txt'}.")
    return 0


if __name__ == "__main__":
    sys.exit(main())
