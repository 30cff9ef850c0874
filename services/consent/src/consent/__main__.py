"""`python -m consent serve | relay | consume | migrate | check`; `migrate` applies SEED_FILE too."""

import sys

from chassis import cli
from consent.app import SERVICE
from consent.settings import Settings

if __name__ == "__main__":
    sys.exit(cli.main(SERVICE, Settings))
