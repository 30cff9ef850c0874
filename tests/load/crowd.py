"""People who joined a filled process, and the calls that they make."""

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
from mesh.layout import Layout
from tests.load.fill import fill
from tests.load.surveys import publish

SAMPLE = Path(dataset.__file__).parent / "sample"
Story = Callable[[], Awaitable[None]]


class Crowd:
    """`process` is the filled one, `proposals` and `surveys` are in it; each person can answer each survey once."""

    def __init__(
        self,
        layout: Layout,
        http: aiohttp.ClientSession,
        process: dict[str, str],
        tokens: list[str],
        proposals: list[UUID],
        surveys: list[UUID],
    ) -> None:
        self.process, self.proposals, self.surveys, self.people = process, proposals, surveys, len(tokens)
        self.pages = f"{layout.portal_url}/processes/{process['slug']}"
        self.portal = layout.portal_url
        self._mediated, self._http, self._tokens = Mediated(layout, http), http, tokens

    def call(
        self, i: int, method: str, path: str, body: object = None, *, expect: int = 200, application: str = "engagement"
    ) -> Story:
        """The i-th person's call to a block through the gateway."""

        async def story() -> None:
            token = self._tokens[i % self.people]
            answer = await self._mediated.call(application, method, path, body, person=token)
            assert answer.status == expect, answer

        return story

    def page(self, url: str) -> Story:
        """A page of the portal, for whoever is not signed in."""

        async def story() -> None:
            async with self._http.get(url) as answer:
                await answer.read()
                assert answer.status == 200, answer.status

        return story


async def gather(layout: Layout, http: aiohttp.ClientSession, size: int) -> Crowd:
    """Open a process, let so many people join it, and fill it with 2,000 proposals and 10,000 comments."""
    mediated = Mediated(layout, http)
    people, data = People(layout, mediated), dataset.read(SAMPLE)
    officials = Officials(mediated, *await sign_in_officials(layout, people), "en")
    draft = plan(data, "Load", datetime.now(UTC), "en") | {"slug": "load", "categories": []}
    process = await officials.open(draft)
    tokens = []
    for number in range(size):
        token = await people.register(f"load-{number}@example.org", f"Load {number}")
        joining = {"displayName": f"Load {number}", "agrees": True}
        await mediated.must("engagement", "POST", f"/v1/processes/{process['id']}/participants", joining, person=token)
        tokens.append(token)
    made = fill(layout.database("engagement"), UUID(process["id"]), 2_000, 10_000)
    surveys = publish(layout.database("engagement"), UUID(process["id"]), 1000 // size)
    return Crowd(layout, http, process, tokens, made, surveys)
