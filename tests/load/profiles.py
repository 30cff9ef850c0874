"""`python -m tests.load --profiles`: one block alone (consent, on SQLite), answered by connexion's own way and by the
lane before it. The two take turns, so that a machine that changes its speed changes both."""

import asyncio
import os
import socket
import subprocess
import sys
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from pathlib import Path
from statistics import median

import aiohttp

import contracts
from chassis import framework
from chassis.context import HEADER
from chassis.testing.client import Speaker
from tests.load.measure import measure

Story = Callable[[], Awaitable[None]]
_TURNS = 5
_POLICY = {"name": "Privacy", "version": "1", "url": "https://example.org/1"}
_REQUESTS = (
    ("read one by its id", "GET", "/service/policy/load/", None, 200),
    ("write one, with its revision and its event", "POST", "/config/policy/", {"policy": _POLICY}, 200),
    ("refused for its form", "POST", "/config/policy/", {"policy": {"name": 1}}, 400),
    ("refused for its caller", "GET", "/config/policies/", None, 401),
)


@dataclass(frozen=True)
class _Block:
    url: str
    process: subprocess.Popen[bytes]


async def compare(folder: Path, usual: int) -> None:
    """Print CPU milliseconds a request under both profiles, and what one is of the other."""
    speaker = Speaker()
    blocks = {profile: _started(folder / profile, speaker, profile) for profile in (framework.STOCK, framework.FAST)}
    print(
        f"| consent alone | {framework.STOCK}: CPU ms | {framework.FAST}: CPU ms | stock / fast, median of {_TURNS} |"
    )
    print("| --- | --- | --- | --- |")
    async with aiohttp.ClientSession() as http:
        for block in blocks.values():
            await _ready(http, block.url)
            policy = {"policy": _POLICY | {"id": "load"}}
            await _story(http, speaker, block.url, "POST", "/config/policy/", policy, 200)()
        for name, method, path, body, status in _REQUESTS:
            spent: dict[str, list[float]] = {profile: [] for profile in blocks}
            for _ in range(_TURNS):
                for profile, block in blocks.items():
                    story = _story(http, speaker, block.url, method, path, body, status)
                    pids = {"consent": block.process.pid}
                    spent[profile].append((await measure(name, pids, [story] * usual)).total_ms)
            stock, fast = (spent[profile] for profile in (framework.STOCK, framework.FAST))
            ratio = median(one / other for one, other in zip(stock, fast, strict=True))
            print(f"| {name} | {median(stock):.2f} | {median(fast):.2f} | {ratio:.2f} |", flush=True)
    for block in blocks.values():
        block.process.terminate()
        block.process.wait(30)


def _started(folder: Path, speaker: Speaker, profile: str) -> _Block:
    folder.mkdir()
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    told = {
        "PORT": str(port),
        "DATABASE_URL": f"sqlite:///{folder}/consent.db",
        "CONTEXT_KEYS": str(speaker.write_keys(folder)),
        "SEALING_KEY": "00" * 32,
        "HTTP_PROFILE": profile,
        "LOG_LEVEL": "WARNING",
    }
    command = [sys.executable, "-W", "ignore", "-m", "consent"]
    subprocess.run([*command, "migrate"], env=os.environ | told, check=True, stdout=subprocess.DEVNULL)
    process = subprocess.Popen([*command, "serve"], env=os.environ | told, stdout=subprocess.DEVNULL)
    return _Block(f"http://127.0.0.1:{port}", process)


async def _ready(http: aiohttp.ClientSession, url: str) -> None:
    for _ in range(300):
        try:
            async with http.get(f"{url}/ready") as answer:
                if answer.status == 200:
                    return
        except aiohttp.ClientError:
            pass
        await asyncio.sleep(0.1)
    raise RuntimeError("the block did not get ready")


def _story(
    http: aiohttp.ClientSession, speaker: Speaker, url: str, method: str, path: str, body: object, status: int
) -> Story:
    caller = {"scopes": [each for each in contracts.scopes() if each.startswith("consent.")], "subject": "ann"}
    headers = {HEADER: speaker.context("consent", caller)} if status != 401 else {}

    async def story() -> None:
        async with http.request(method, f"{url}{path}", json=body, headers=headers) as answer:
            await answer.read()
            assert answer.status == status, await answer.text()

    return story
