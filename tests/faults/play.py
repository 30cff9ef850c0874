"""The workload: a whole process in miniature, from the draft to the notices, with what must be refused among it."""

import asyncio
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import uuid4

import aiohttp

from mesh import secrets
from mesh.demo.client import Mediated
from mesh.demo.people import People
from mesh.layout import AGREEMENT, Layout
from tests.faults.client import Client, GaveUp
from tests.faults.ledger import Ledger

STAGES = ("open", "joined", "spoken", "closed", "decided")
_PEOPLE = 4
_POLL_SECONDS = 0.4
_POLLS = 400
_LAST_WORDS_SECONDS = 1.5
_WORDS = ("objective", "whatIsDecided", "whoDecides", "howInputIsUsed", "howFeedbackIsGiven", "privacyNotice")
Reached = Callable[[str], None]


@dataclass
class Cast:
    """Everyone's access token, kept from play to play."""

    officials: tuple[str, str] = ("", "")
    moderator: str = ""
    citizens: dict[str, str] = field(default_factory=dict)


async def sign_in(layout: Layout) -> Cast:
    """Two officials, a moderator and some citizens, on identity's own pages."""
    async with aiohttp.ClientSession() as http:
        people = People(layout, Mediated(layout, http))
        staff: dict[str, list[str]] = {"official": [], "moderator": []}
        for account in secrets.accounts(layout):
            if account["role"] in staff:
                staff[account["role"]].append(await people.sign_in(account["login"], account["password"]))
        names = [f"citizen-{number}" for number in range(_PEOPLE + 1)]  # the last one never joins
        citizens = {name: await people.register(f"{name}@faults.example", name) for name in names}
    first, second = staff["official"]
    return Cast((first, second), staff["moderator"][0], citizens)


async def play(layout: Layout, cast: Cast, ledger: Ledger, reached: Reached = lambda _: None) -> str:
    """The id of the process, decided and answered. Raises GaveUp."""
    async with aiohttp.ClientSession() as http:
        own = Play(Client(layout, http, ledger), cast)
        for stage, step in zip(STAGES, (own.opened, own.join, own.speak, own.close, own.decide), strict=True):
            await step()
            reached(stage)
    return own.process["id"]


async def figures(layout: Layout, cast: Cast, ledger: Ledger, process: str) -> None:
    """Write down what the public reads."""
    async with aiohttp.ClientSession() as http:
        client = Client(layout, http, ledger)
        ledger.figures(process, await client.must("GET", f"/v1/processes/{process}/figures", person=cast.officials[0]))


class Play:
    """One process and what happens in it."""

    def __init__(self, client: Client, cast: Cast) -> None:
        self._client, self._cast = client, cast
        self._joined: dict[str, str] = {}  # participant ids by name
        self._proposals: list[str] = []
        self._hidden: str = ""
        self.process: dict[str, Any] = {}

    async def opened(self) -> None:
        first, second = self._cast.officials
        self.process = await self._client.must("POST", "/v1/processes", _draft(), person=first)
        await self._step("review", "in_review", first)
        await self._step("approval", "scheduled", second)
        await self._until("open")

    async def join(self) -> None:
        names = list(self._cast.citizens)[:_PEOPLE]
        await asyncio.gather(*map(self._join, names))

    async def speak(self) -> None:
        """Proposals, comments, support; support taken back; things hidden; and five requests that are refused."""
        outsider = self._cast.citizens[f"citizen-{_PEOPLE}"]
        made = await asyncio.gather(*(self._propose(name) for name in self._joined for _ in range(2)))
        self._proposals = [each["id"] for each in made]
        remarks = await asyncio.gather(
            *(self._comment(name, one) for name in self._joined for one in self._proposals[::3])
        )
        await asyncio.gather(*(self._endorse(name, one) for name in self._joined for one in self._proposals[::2]))
        again, changed_mind = list(self._joined)[:2]
        await self._endorse(again, self._proposals[0], refused=True)
        await self._withdraw(changed_mind, self._proposals[0])
        await self._hide("comment", remarks[0]["id"])
        self._hidden = self._proposals[-1]
        await self._hide("proposal", self._hidden)
        await self._refused("proposal", f"{self._path}/proposals", _content("x"), self._cast.citizens[again])
        await self._refused(
            "comment", f"/v1/proposals/{self._proposals[0]}/comments", {"body": {"en": "I am a guest"}}, outsider
        )

    async def close(self) -> None:
        [phase] = self.process["phases"]
        closes_at = datetime.now(UTC) + timedelta(seconds=_LAST_WORDS_SECONDS)
        instants = {"opensAt": phase["opensAt"], "closesAt": _text(closes_at)}
        await self._client.must("PUT", f"{self._path}/phases/{phase['id']}", instants, person=self._cast.officials[0])
        await self._until("closed")
        late = f"/v1/proposals/{self._proposals[1]}/endorsements"
        name, participant = next(iter(self._joined.items()))
        await self._client.ask(
            "POST", late, person=self._cast.citizens[name], kind="endorse",
            about={"proposal": self._proposals[1], "participant": participant},
        )  # fmt: skip

    async def decide(self) -> None:
        first, second = self._cast.officials
        public = [each for each in self._proposals if each != self._hidden]
        await asyncio.gather(*(self._rule("verify", each, {"outcome": "valid"}) for each in public))
        await self._step("seal", "analysing", first)
        accepted = {"outcome": "accepted", "reasonCode": "included_in_plan"}
        await asyncio.gather(*(self._rule("decide", each, accepted) for each in public))
        rejected = {
            "outcome": "rejected",
            "reasonCode": "other",
            "reason": {"en": "There is no room for it this year."},
        }
        await self._rule("decide", public[0], rejected)
        await self._step("answers", "decided", second)

    @property
    def _path(self) -> str:
        return f"/v1/processes/{self.process['id']}"

    async def _join(self, name: str) -> None:
        body = {"displayName": name, "email": f"{name}@faults.example", "language": "en", "agrees": True}
        options = {
            "person": self._cast.citizens[name],
            "kind": "join",
            "about": {"process": self.process["id"], "name": name},
        }
        self._joined[name] = (await self._client.must("POST", f"{self._path}/participants", body, **options))["id"]

    async def _propose(self, name: str) -> Any:
        mark = str(uuid4())
        options = {"person": self._cast.citizens[name], "kind": "proposal", "about": {"mark": mark}}
        return await self._client.must("POST", f"{self._path}/proposals", _content(f"More trees {mark}"), **options)

    async def _comment(self, name: str, proposal: str) -> Any:
        mark = str(uuid4())
        options = {"person": self._cast.citizens[name], "kind": "comment", "about": {"mark": mark}}
        body = {"body": {"en": f"A good idea {mark}"}, "position": "in_favour"}
        return await self._client.must("POST", f"/v1/proposals/{proposal}/comments", body, **options)

    async def _endorse(self, name: str, proposal: str, *, refused: bool = False) -> None:
        about = {"proposal": proposal, "participant": self._joined[name]}
        answer = await self._client.ask(
            "POST",
            f"/v1/proposals/{proposal}/endorsements",
            person=self._cast.citizens[name],
            kind="endorse",
            about=about,
        )
        if refused and answer.status != 409:
            raise GaveUp(f"a second support was answered {answer.status}")

    async def _withdraw(self, name: str, proposal: str) -> None:
        about = {"proposal": proposal, "participant": self._joined[name]}
        path = f"/v1/proposals/{proposal}/endorsements/mine"
        await self._client.must("DELETE", path, person=self._cast.citizens[name], kind="withdraw", about=about)

    async def _hide(self, kind: str, contribution: str) -> None:
        body = {
            "subject": {"kind": kind, "id": contribution},
            "rule": "off_topic",
            "reason": "It is about another city.",
        }
        about = {"contribution": contribution}
        await self._client.ask(
            "POST", "/v1/moderation/hidings", body, person=self._cast.moderator, kind="hide", about=about
        )

    async def _rule(self, kind: str, proposal: str, body: dict[str, Any]) -> None:
        path = f"/v1/proposals/{proposal}/{'verification' if kind == 'verify' else 'decision'}"
        about = {"proposal": proposal, "outcome": body["outcome"]}
        await self._client.must("PUT", path, body, person=self._cast.officials[0], kind=kind, about=about)

    async def _refused(self, kind: str, path: str, body: dict[str, Any], person: str) -> None:
        """Its mark is the last word of its text."""
        said = body.get("title") or body["body"]
        about = {"mark": said["en"].rpartition(" ")[2]}
        answer = await self._client.ask("POST", path, body, person=person, kind=kind, about=about)
        if answer.status < 400:
            raise GaveUp(f"POST {path} was to be refused and was answered {answer.status}")

    async def _step(self, step: str, state: str, official: str) -> None:
        """Refused because an earlier attempt took it already, it is taken."""
        answer = await self._client.ask("POST", f"{self._path}/{step}", person=official)
        if answer.status >= 300 and (await self._look())["state"] not in (state, "open"):
            raise GaveUp(f"{step}: {answer.status} {answer.body}")

    async def _until(self, state: str) -> None:
        for _ in range(_POLLS):
            self.process = await self._look()
            if self.process["state"] == state:
                return
            await asyncio.sleep(_POLL_SECONDS)
        raise GaveUp(f"the process did not become {state}")

    async def _look(self) -> Any:
        return await self._client.must("GET", self._path, person=self._cast.officials[0])


def _draft() -> dict[str, Any]:
    now, mark = datetime.now(UTC), uuid4().hex[:12]
    strategy: dict[str, Any] = {name: {"en": "As the district council decides in public."} for name in _WORDS}
    strategy |= {
        "level": "cocreate",
        "feedbackDueDate": (now + timedelta(days=90)).date().isoformat(),
        "responsibleOfficial": "Office for Participation",
        "targetParticipants": _PEOPLE,
        "faceToFaceFormats": [],
    }
    phase = {
        "title": {"en": "Ideas"},
        "opensAt": _text(now),
        "closesAt": _text(now + timedelta(days=30)),
        "accepts": ["proposal", "comment", "endorsement"],
    }
    return {
        "slug": f"faults-{mark}",
        "title": {"en": "A district under stress"},
        "summary": {"en": "What the district promises while its machines fail."},
        "languages": ["en"],
        "categories": [{"code": "trees", "name": {"en": "Trees"}}],
        "strategy": strategy,
        "limits": {"reasonMin": 1},
        "phases": [phase],
        "dataAgreementId": AGREEMENT,
    }


def _content(title: str) -> dict[str, Any]:
    return {"title": {"en": title}, "summary": {"en": "Shade for the summer."}, "category": "trees"}


def _text(at: datetime) -> str:
    return at.isoformat(timespec="milliseconds").replace("+00:00", "Z")
