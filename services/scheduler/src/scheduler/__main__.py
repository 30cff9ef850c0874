"""`python -m scheduler serve | relay | consume | migrate | check`."""

import sys

from chassis import cli
from scheduler.app import SERVICE
from scheduler.settings import Settings

sys.exit(cli.main(SERVICE, Settings))
