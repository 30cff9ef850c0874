"""Add up test reports (JUnit XML) and refuse a skipped test: `python tools/count_tests.py FOLDER`."""

import sys
from pathlib import Path
from xml.etree import ElementTree


def main(folder: Path) -> int:
    """Print a line a suite and the sum; 1 when a test failed or was skipped."""
    total = {"tests": 0, "failures": 0, "errors": 0, "skipped": 0}
    for report in sorted(folder.glob("*.xml")):
        for suite in ElementTree.parse(report).getroot().iter("testsuite"):  # noqa: S314 - as above
            counts = {name: int(suite.get(name, "0")) for name in total}
            print(f"{report.stem:<24} {counts['tests']:>6} tests {float(suite.get('time', '0')):>8.1f} s")  # noqa: T201 - its purpose
            total = {name: total[name] + counts[name] for name in total}
    print("total: " + ", ".join(f"{value} {name}" for name, value in total.items()))  # noqa: T201 - its purpose
    return 1 if total["failures"] or total["errors"] or total["skipped"] or not total["tests"] else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
