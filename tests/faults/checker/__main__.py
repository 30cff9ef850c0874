"""`python -m tests.faults.checker STATE`: check a stopped or resting embedded mesh against all invariants."""

import argparse
import sys
from pathlib import Path

from tests.faults.checker import INVARIANTS, check
from tests.faults.checker.evidence import Places, gather


def main() -> int:
    """1 when something is wrong."""
    parser = argparse.ArgumentParser(prog="python -m tests.faults.checker")
    parser.add_argument("state", type=Path, help="state folder of an embedded mesh")
    parser.add_argument("--ledger", type=Path, default=Path("/nonexistent"), help="a client's ledger")
    parser.add_argument("--mails", type=Path, help="what a mail server took; without it, what the mesh's catcher took")
    given = parser.parse_args()
    found = check(gather(Places.embedded(given.state, given.ledger, given.mails)))
    for name, findings in found.items():
        print(f"{name}: {INVARIANTS[name][0]}")
        for finding in findings:
            print(f"   {finding}")
    print("everything holds" if not found else f"{len(found)} of {len(INVARIANTS)} invariants do not hold")
    return 1 if found else 0


if __name__ == "__main__":
    sys.exit(main())
