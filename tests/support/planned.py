"""Processes that a test plans through the interface, as officials do; a browser then looks at what people see."""

import asyncio
from collections.abc import Coroutine
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any, TypeVar

import aiohttp

from mesh.demo import dataset
from mesh.demo.client import Mediated
from mesh.demo.command import sign_in_officials
from mesh.demo.drive import Drive
from mesh.demo.officials import Officials, plan
from mesh.demo.people import People
from mesh.layout import Layout

T = TypeVar("T")
SAMPLE = Path(dataset.__file__).parent / "sample"


def hand_in(layout: Layout, slug: str, title: str) -> dict[str, Any]:
    """A complete draft, handed to review by the first official."""

    async def story() -> dict[str, Any]:
        async with aiohttp.ClientSession() as http:
            mediated = Mediated(layout, http)
            first, _ = await sign_in_officials(layout, People(layout, mediated))
            draft = plan(dataset.read(SAMPLE), title, datetime.now(UTC), "en") | {"slug": slug}
            process: dict[str, Any] = await mediated.must("engagement", "POST", "/v1/processes", draft, person=first)
            path = f"/v1/processes/{process['id']}/review"
            return dict(await mediated.must("engagement", "POST", path, person=first))

    return _run(story())


def contribute_and_close(layout: Layout, process: dict[str, Any], proposals: int) -> None:
    """A few ideas of the sample by their authors; then the phase ends."""

    async def story() -> None:
        async with aiohttp.ClientSession() as http:
            mediated = Mediated(layout, http)
            people = People(layout, mediated)
            first, second = await sign_in_officials(layout, people)
            officials = Officials(mediated, first, second, "en")
            await officials.wait_for(process["id"], "open")
            sample = dataset.read(SAMPLE)
            few = replace(sample, name=process["slug"], proposals=sample.proposals[:proposals], comments=())
            await Drive(mediated, people, few, process["id"], first, lambda _: None).run()
            await officials.close(process, 1)

    _run(story())


def _run(story: Coroutine[Any, Any, T]) -> T:
    """In a thread of its own: the browser's driver has an event loop in this one."""
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(asyncio.run, story).result()
