"""`mesh demo` and `mesh seed`: from the strategy to the answers, then the figures against the data."""

import asyncio
import json
import sys
import time
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import aiohttp
from tqdm import tqdm

from mesh import secrets
from mesh.demo import dataset
from mesh.demo.client import Mediated, Refused
from mesh.demo.dataset import BadData, Dataset
from mesh.demo.drive import Drive, in_parallel
from mesh.demo.officials import Officials, plan
from mesh.demo.people import People
from mesh.layout import BLOCKS, Layout
from mesh.status import samples

_CLOSES_IN_SECONDS = 10
_SETTLE_SECONDS = 180
_SAMPLE = Path(__file__).parent / "sample"


def run(layout: Layout, folder: Path | None, *, as_json: bool) -> int:
    """Play the data set (our own sample when there is no folder), or verify it where its process exists already. 1 when
    a figure differs from the data."""
    started = time.monotonic()
    try:
        data = dataset.read(folder) if folder else replace(dataset.read(_SAMPLE), name="example")
        figures = asyncio.run(_run(layout, data))
    except (BadData, Refused, ExceptionGroup) as error:
        print(f"The demonstration failed: {_first(error)}", file=sys.stderr)
        return 1
    figures["seconds"] = round(time.monotonic() - started, 1)
    wanted = dataset.expected(data)
    different = {name: (figures[name], value) for name, value in wanted.items() if figures[name] != value}
    for name, (found, value) in different.items():
        print(f"{name}: {found} found, the data says {value}", file=sys.stderr)
    if as_json:
        print(json.dumps(figures))
    else:
        for name, value in figures.items():
            print(f"  {name:<18} {value}")
    return 1 if different else 0


def seed(layout: Layout) -> int:
    """A small open process of our own, to look at; nothing happens when it is there."""
    try:
        asyncio.run(_seed(layout, dataset.read(_SAMPLE)))
    except (Refused, ExceptionGroup) as error:
        print(f"The demo process could not be made: {_first(error)}", file=sys.stderr)
        return 1
    return 0


async def _run(layout: Layout, data: Dataset) -> dict[str, Any]:
    async with aiohttp.ClientSession(connector=aiohttp.TCPConnector(limit=32)) as http:
        mediated = Mediated(layout, http)
        process = await _existing(mediated, data.slug)
        if process is None:
            process = await _play(layout, mediated, data)
        return await _figures(layout, mediated, process["id"], len(data.contributors))


async def _play(layout: Layout, mediated: Mediated, data: Dataset) -> dict[str, Any]:
    steps = len(data.accounts) + 3 * len(data.proposals) + len(data.comments) + sum(p.supports for p in data.proposals)
    with tqdm(total=steps, desc=data.slug, unit="step", file=sys.stderr, mininterval=1.0) as bar:
        people = People(layout, mediated)
        first, second = await sign_in_officials(layout, people)
        officials = Officials(mediated, first, second, data.language)
        title = f"Pla d'actuació {data.year} · {data.name.capitalize()}"
        process = await officials.open(plan(data, title, datetime.now(UTC), data.language))
        crowd = await Drive(mediated, people, data, process["id"], first, bar.update).run()
        await officials.close(process, _CLOSES_IN_SECONDS)

        async def verify(proposal_id: str) -> None:
            await officials.verify(proposal_id)
            bar.update(1)

        async def decide(of: dataset.Proposal) -> None:
            await officials.decide(crowd.proposals[of.id], of)
            bar.update(1)

        await in_parallel(crowd.proposals.values(), verify)
        await officials.seal(process["id"])
        await in_parallel(data.proposals, decide)
        await officials.answer(process["id"])
    return process


async def _seed(layout: Layout, data: Dataset) -> None:
    async with aiohttp.ClientSession() as http:
        mediated = Mediated(layout, http)
        if await _existing(mediated, data.slug):
            return
        people = People(layout, mediated)
        first, second = await sign_in_officials(layout, people)
        officials = Officials(mediated, first, second, "en")
        process = await officials.open(plan(data, "Greener streets in our district", datetime.now(UTC), "en"))
        await Drive(mediated, people, data, process["id"], first, lambda _: None).run()


async def sign_in_officials(layout: Layout, people: People) -> tuple[str, str]:
    """Access tokens of the two officials: who drafts and who approves."""
    officials = [account for account in secrets.accounts(layout) if account["role"] == "official"]
    first, second = [await people.sign_in(each["login"], each["password"]) for each in officials]
    return first, second


async def _existing(mediated: Mediated, slug: str) -> dict[str, Any] | None:
    page = await mediated.must("engagement", "GET", "/v1/processes", query={"slug": slug})
    found: dict[str, Any] | None = next(iter(page["items"]), None)
    return found


async def _figures(layout: Layout, mediated: Mediated, process_id: str, notices: int) -> dict[str, Any]:
    """The public figures, once every notice is out and no event waits (or the patience is over)."""
    deadline = time.monotonic() + _SETTLE_SECONDS
    while True:
        figures = await mediated.must("engagement", "GET", f"/v1/processes/{process_id}/figures")
        blocks = [samples(layout.block_url(block)) for block in BLOCKS]
        waiting = sum(block.get("mesh_outbox_events/waiting", 0) for block in blocks)
        if (figures["notices"] >= notices and not waiting) or time.monotonic() > deadline:
            break
        await asyncio.sleep(1)
    positions = figures["positions"]
    return {
        "submitted": figures["proposals"],
        "from_meetings": figures["proposalsByChannel"].get(dataset.MEETING, 0),
        "accepted": figures["decisions"].get("accepted", 0),
        "rejected": figures["decisions"].get("rejected", 0),
        "with_reason": figures["withReason"],
        "comments": figures["comments"],
        "positions": {
            "in_favour": positions["inFavour"],
            "neutral": positions["neutral"],
            "against": positions["against"],
            "none": positions["none"],
        },
        "endorsements": figures["endorsements"],
        "contributors": figures["contributors"],
        "notices": figures["notices"],
        "events_published": int(sum(block.get("mesh_outbox_events/published", 0) for block in blocks)),
        "events_handled": int(sum(block.get("mesh_inbox_events/handled", 0) for block in blocks)),
        "exceptions": figures["exceptions"],
    }


def _first(error: BaseException) -> BaseException:
    """The failure itself, out of the groups that parallel work wraps it in."""
    while isinstance(error, BaseExceptionGroup):
        error = error.exceptions[0]
    return error
