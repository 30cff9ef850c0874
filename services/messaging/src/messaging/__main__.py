"""`python -m messaging serve | relay | consume | migrate | check`."""

import sys

from chassis import cli
from messaging.app import SERVICE
from messaging.settings import Settings

if __name__ == "__main__":
    sys.exit(cli.main(SERVICE, Settings))
