"""`python -m workflow serve | relay | consume | migrate | check`."""

import sys

from chassis import cli
from workflow.app import SERVICE
from workflow.settings import Settings

sys.exit(cli.main(SERVICE, Settings))
