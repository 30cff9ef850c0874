"""The participants' part of a demonstration: accounts, joining, proposals, comments, endorsements."""

import asyncio
from collections import defaultdict
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import dataclass, field
from typing import Any, TypeVar

from mesh.demo.client import Mediated, Refused
from mesh.demo.dataset import Comment, Dataset, Proposal, breaks_a_limit, code
from mesh.demo.people import People

_AT_ONCE = 12
T = TypeVar("T")
Tick = Callable[[int], object]


@dataclass
class Crowd:
    """Everyone who takes part: access tokens and participations by name, and what they made by the data's ids."""

    tokens: dict[str, str] = field(default_factory=dict)
    participants: dict[str, str] = field(default_factory=dict)
    proposals: dict[int, str] = field(default_factory=dict)
    comments: dict[int, str] = field(default_factory=dict)


class Drive:
    """Plays a data set into an open process. `official` is a token, `tick` moves the progress bar."""

    def __init__(self, mediated: Mediated, people: People, data: Dataset, process_id: str, official: str, tick: Tick):
        self._mediated, self._people, self._data = mediated, people, data
        self._process = f"/v1/processes/{process_id}"
        self._official, self._tick = official, tick
        self.crowd = Crowd()

    async def run(self) -> Crowd:
        """Everyone joins, then speaks, then supports."""
        await self._all(self._data.accounts, self._join)
        await self._all(self._data.proposals, self._propose)
        threads: dict[int, list[Comment]] = defaultdict(list)
        for comment in self._data.comments:
            threads[comment.proposal].append(comment)
        await self._all(threads.values(), self._discuss)
        await self._all(self._data.proposals, self._support)
        return self.crowd

    async def _join(self, name: str) -> None:
        login = f"{name}.{self._data.slug}@participants.example"
        token = await self._people.register(login, name)
        joining = {"displayName": name, "email": login, "language": self._data.language, "agrees": True}
        joined = await self._ask("POST", f"{self._process}/participants", joining, person=token)
        self.crowd.tokens[name] = token
        self.crowd.participants[name] = joined["id"]
        self._tick(1)

    async def _propose(self, of: Proposal) -> None:
        key = f"demo-{self._data.slug}-proposal-{of.id}"
        content = _content(of, self._data.language)
        if breaks_a_limit(of):
            body: dict[str, Any] = {"content": content}
            if of.author:
                body["participantId"] = self.crowd.participants[of.author]
            made = await self._ask("POST", f"{self._process}/imports/proposals", body, person=self._official, key=key)
            made = made["contribution"]
        else:
            person = self.crowd.tokens[of.author] if of.author else self._official
            made = await self._ask("POST", f"{self._process}/proposals", content, person=person, key=key)
        self.crowd.proposals[of.id] = made["id"]
        self._tick(1)

    async def _discuss(self, thread: list[Comment]) -> None:
        for comment in thread:  # one after the other: an answer needs what it answers
            await self._comment(comment)

    async def _comment(self, of: Comment) -> None:
        key = f"demo-{self._data.slug}-comment-{of.id}"
        body: dict[str, Any] = {"body": {self._data.language: of.body}}
        if of.position:
            body["position"] = of.position
        if of.parent:
            body["parentId"] = self.crowd.comments[of.parent]
        proposal = self.crowd.proposals[of.proposal]
        if breaks_a_limit(of):
            body |= {"proposalId": proposal, "participantId": self.crowd.participants[of.author]}
            made = await self._ask("POST", f"{self._process}/imports/comments", body, person=self._official, key=key)
            made = made["contribution"]
        else:
            person = self.crowd.tokens[of.author]
            made = await self._ask("POST", f"/v1/proposals/{proposal}/comments", body, person=person, key=key)
        self.crowd.comments[of.id] = made["id"]
        self._tick(1)

    async def _support(self, of: Proposal) -> None:
        path = f"/v1/proposals/{self.crowd.proposals[of.id]}/endorsements"
        for name in self._data.accounts[: of.supports]:
            answer = await self._mediated.call("engagement", "POST", path, person=self.crowd.tokens[name])
            if answer.status != 201 and answer.slug != "already-endorsed":  # an earlier try may have been counted
                raise Refused(f"POST {path}: {answer.status} {answer.body}")
            self._tick(1)

    async def _ask(self, method: str, path: str, body: Any, **options: Any) -> Any:
        return await self._mediated.must("engagement", method, path, body, **options)

    async def _all(self, things: Iterable[T], story: Callable[[T], Awaitable[None]]) -> None:
        await in_parallel(things, story)


async def in_parallel(things: Iterable[T], story: Callable[[T], Awaitable[None]]) -> None:
    """The story of each thing, a dozen at a time; the first failure ends all."""
    waiting = iter(things)

    async def worker() -> None:
        for thing in waiting:
            await story(thing)

    async with asyncio.TaskGroup() as group:
        for _ in range(_AT_ONCE):
            group.create_task(worker())


def _content(of: Proposal, language: str) -> dict[str, Any]:
    content: dict[str, Any] = {
        "title": {language: of.title},
        "summary": {language: of.summary},
        "category": code(of.category),
    }
    if of.author is None:
        content |= {"channel": "meeting", "meeting": of.meeting or "meeting"}
    elif breaks_a_limit(of):
        content["channel"] = "import"
    return content
