"""`python -m workflow serve | relay | consume | migrate | check`."""

import sys

from chassis import cli
from workflow.app import SERVICE
from workflow.settings import Settings

if __name__ == "__main__":
    sys.exit(cli.main(SERVICE, Settings))
