"""Where what operators use is, and what tests of it share."""

import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path

ROOT = Path(__file__).parents[2]
OBSERVABILITY = ROOT / "deploy" / "observability"
CANARIES = ("zephyrcanary", "quoxlimbic")  # in every name and address; in every text

sys.path.insert(0, str(ROOT / "tools"))


def run(*command: str, given: str = "", environment: Mapping[str, str] | None = None) -> tuple[int, str]:
    """A command's status and all that it said."""
    done = subprocess.run(command, input=given, env=environment, capture_output=True, text=True, check=False)
    return done.returncode, done.stdout + done.stderr
