"""`python -m engagement serve | relay | consume | migrate | check`."""

import sys

from chassis import cli
from engagement.app import SERVICE
from engagement.settings import Settings

if __name__ == "__main__":
    sys.exit(cli.main(SERVICE, Settings))
