"""`python -m registry serve | relay | consume | migrate | check`; `migrate` applies SEED_FILE too."""

import sys

from chassis import cli
from registry.app import SERVICE
from registry.settings import Settings

if __name__ == "__main__":
    sys.exit(cli.main(SERVICE, Settings))
