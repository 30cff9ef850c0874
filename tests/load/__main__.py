"""`make load`: start a mesh, fill it, and print what requests cost. Figures are printed, never asserted."""

import argparse
import asyncio
import re
import sys
import tempfile
import urllib.request
from pathlib import Path

import aiohttp

from tests.load import profiles
from tests.load.crowd import gather
from tests.load.measure import machine, measure
from tests.load.rows import ROWS

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from running import Running, start

_PEOPLE = 20


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.load")
    parser.add_argument("--quick", action="store_true", help="a tenth of the requests")
    parser.add_argument("--only", default="", help="rows whose name contains this")
    parser.add_argument(
        "--profiles", action="store_true", help="one block alone, the stock profile beside the fast one"
    )
    options = parser.parse_args()
    usual = 100 if options.quick else 1000
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        if options.profiles:
            asyncio.run(profiles.compare(Path(folder), usual // 2))
            return 0
        mesh = start(Path(folder))
        try:
            asyncio.run(_bench(mesh, usual, options.only))
        finally:
            mesh.stop()
    return 0


async def _bench(mesh: Running, usual: int, only: str) -> None:
    print(f"ready after {mesh.ready_seconds:.1f} s, {mesh.memory_mb():.0f} MB at rest (proportional set size)\n")
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=32)) as http:
        crowd = await gather(mesh.layout, http, _PEOPLE)
        print("| what | requests | CPU ms | by process | p50 ms | p99 ms | per second |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for row in (each for each in ROWS if only in each.name):
            counted = {name: pid for name, pid in mesh.children().items() if not row.processes or name in row.processes}
            print((await measure(row.name, counted, row.stories(crowd, usual))).row(), flush=True)
    print(f"\n{mesh.memory_mb():.0f} MB after the run; events handled after being published, in seconds:")
    for block in ("engagement", "messaging"):
        print(f"  {block}: {_latency(mesh.layout.block_url(block))}")


def _latency(url: str) -> str:
    """From the histogram: how many events were handled within so many seconds."""
    with urllib.request.urlopen(f"{url}/metrics") as answer:  # noqa: S310 - our own loopback address
        text = answer.read().decode()
    buckets: dict[float, float] = {}
    for bound, value in re.findall(r'mesh_event_handled_seconds_bucket\{le="([^"]+)",topic="[^"]+"\} (\S+)', text):
        buckets[float(bound)] = buckets.get(float(bound), 0) + float(value)
    total = buckets.get(float("inf"), 0)
    return ", ".join(
        f"≤{bound:g}: {100 * count / total:.0f} %" for bound, count in sorted(buckets.items()) if total and bound < 1
    )


if __name__ == "__main__":
    sys.exit(main())
