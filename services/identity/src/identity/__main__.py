"""`python -m identity serve | relay | consume | migrate | check`; `migrate` applies SEED_FILE too."""

import sys

from chassis import cli
from identity.app import SERVICE
from identity.settings import Settings

if __name__ == "__main__":
    sys.exit(cli.main(SERVICE, Settings))
