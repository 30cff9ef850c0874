"""`make load`: start a mesh, fill it, and print what requests cost. Figures are printed, never asserted."""

import argparse
import asyncio
import re
import sys
import tempfile
import urllib.request
from collections.abc import Awaitable, Callable
from datetime import UTC, datetime
from pathlib import Path
from uuid import UUID

import aiohttp

from mesh.demo import dataset
from mesh.demo.client import Mediated
from mesh.demo.command import sign_in_officials
from mesh.demo.officials import Officials, plan
from mesh.demo.people import People
from tests.load.fill import fill
from tests.load.measure import machine, measure

sys.path.insert(0, str(Path(__file__).parents[1] / "support"))

from running import Running, start

SAMPLE = Path(dataset.__file__).parent / "sample"
Story = Callable[[], Awaitable[None]]
GATEWAY_ALONE = "gateway alone: its share of a small call"


def main() -> int:
    """Print the tables."""
    parser = argparse.ArgumentParser(prog="python -m tests.load")
    parser.add_argument("--quick", action="store_true", help="a tenth of the requests")
    scale = 1 if parser.parse_args().quick else 10
    print(machine())
    with tempfile.TemporaryDirectory() as folder:
        mesh = start(Path(folder))
        try:
            asyncio.run(_bench(mesh, scale))
        finally:
            mesh.stop()
    return 0


async def _bench(mesh: Running, scale: int) -> None:
    print(f"ready after {mesh.ready_seconds:.1f} s, {mesh.memory_mb():.0f} MB at rest (proportional set size)\n")
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=32)) as http:
        crowd = await _crowd(mesh, Mediated(mesh.layout, http), 20)
        print("| what | requests | CPU ms | by process | p50 ms | p99 ms | per second |")
        print("| --- | --- | --- | --- | --- | --- | --- |")
        for name, stories in crowd.stories(http, scale):
            touched = {each: pid for each, pid in mesh.children().items() if name != GATEWAY_ALONE or each == "gateway"}
            print((await measure(name, touched, stories)).row(), flush=True)
    print(f"\n{mesh.memory_mb():.0f} MB after the run; events handled after being published, in seconds:")
    for block in ("engagement", "messaging"):
        print(f"  {block}: {_latency(mesh.layout.block_url(block))}")


class Crowd:
    """People who joined a filled process, and what they do."""

    def __init__(
        self, mesh: Running, mediated: Mediated, process: dict[str, str], tokens: list[str], proposals: list[UUID]
    ) -> None:
        self._mesh, self._mediated, self._process = mesh, mediated, process
        self._tokens, self._proposals = tokens, proposals

    def stories(self, http: aiohttp.ClientSession, scale: int) -> list[tuple[str, list[Story]]]:
        """What is measured: `(name, requests)`."""
        portal = self._mesh.layout.portal_url
        n = 100 * scale
        process = f"{portal}/processes/{self._process['slug']}"
        return [
            (
                GATEWAY_ALONE,
                [self._call("GET", "/service/policy/participation/", None, i, 200, "consent") for i in range(n)],
            ),
            ("endorse, through the gateway", [self._endorse(i) for i in range(n)]),
            ("comment, through the gateway", [self._comment(i) for i in range(n)]),
            ("list of 20, API through the gateway", [self._list(i) for i in range(n)]),
            ("idea list as a page", [self._get(http, f"{process}/ideas", 200)] * (n // 2)),
            ("idea as a page", [self._get(http, f"{portal}/ideas/{self._proposals[i]}", 200) for i in range(n // 2)]),
        ]

    def _endorse(self, i: int) -> Story:
        path = f"/v1/proposals/{self._proposals[i // len(self._tokens)]}/endorsements"
        return self._call("POST", path, None, i, 201)

    def _comment(self, i: int) -> Story:
        body = {"body": {"en": f"A remark of some length, number {i}, on what was said before."}, "position": "neutral"}
        return self._call("POST", f"/v1/proposals/{self._proposals[i % 1000]}/comments", body, i, 201)

    def _list(self, i: int) -> Story:
        return self._call("GET", f"/v1/processes/{self._process['id']}/proposals", None, i, 200)

    def _call(
        self, method: str, path: str, body: object, i: int, status: int, application: str = "engagement"
    ) -> Story:
        async def story() -> None:
            token = self._tokens[i % len(self._tokens)]
            answer = await self._mediated.call(application, method, path, body, person=token)
            assert answer.status == status, answer

        return story

    def _get(self, http: aiohttp.ClientSession, url: str, status: int) -> Story:
        async def story() -> None:
            async with http.get(url) as answer:
                await answer.read()
                assert not status or answer.status == status, answer.status

        return story


async def _crowd(mesh: Running, mediated: Mediated, size: int) -> Crowd:
    people, data = People(mesh.layout, mediated), dataset.read(SAMPLE)
    officials = Officials(mediated, *await sign_in_officials(mesh.layout, people), "en")
    draft = plan(data, "Load", datetime.now(UTC), "en") | {"slug": "load", "categories": []}
    process = await officials.open(draft)
    tokens = []
    for number in range(size):
        token = await people.register(f"load-{number}@example.org", f"Load {number}")
        joining = {"displayName": f"Load {number}", "agrees": True}
        await mediated.must("engagement", "POST", f"/v1/processes/{process['id']}/participants", joining, person=token)
        tokens.append(token)
    made = fill(mesh.layout.database("engagement"), UUID(process["id"]), 2_000, 10_000)
    return Crowd(mesh, mediated, process, tokens, made)


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
