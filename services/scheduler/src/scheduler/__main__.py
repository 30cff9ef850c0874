"""`python -m scheduler serve | relay | consume | migrate | check`."""

import sys

from chassis import cli
from scheduler.app import SERVICE
from scheduler.settings import Settings

if __name__ == "__main__":
    sys.exit(cli.main(SERVICE, Settings))
