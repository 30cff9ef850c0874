"""What officials do in a demonstration: plan, approve, move the end, verify, seal, decide, answer."""

import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

from chassis.clock import text
from mesh.demo.client import Mediated, Refused
from mesh.demo.dataset import Dataset, Proposal
from mesh.layout import AGREEMENT

_POLL_SECONDS = 0.5
_PATIENCE_SECONDS = 300


def plan(data: Dataset, title: str, now: datetime, language: str) -> dict[str, Any]:
    """The strategy and the phases of a process, as an official writes them down."""
    say = {"ca": _STRATEGY_CA, "en": _STRATEGY_EN}[language]
    strategy: dict[str, Any] = {key: {language: words} for key, words in say.items()}
    strategy |= {
        "level": "cocreate",
        "feedbackDueDate": (now + timedelta(days=90)).date().isoformat(),
        "responsibleOfficial": "Office for Participation",
        "targetParticipants": max(len(data.accounts), 1),
        "faceToFaceFormats": [{language: name} for name in sorted({p.meeting for p in data.proposals if p.meeting})][
            :50
        ],
    }
    phase = {
        "title": {language: "Propostes i debat" if language == "ca" else "Ideas and discussion"},
        "opensAt": text(now),
        "closesAt": text(now + timedelta(days=30)),
        "accepts": ["proposal", "comment", "endorsement"],
    }
    return {
        "slug": data.slug,
        "title": {language: title},
        "summary": {language: say["objective"]},
        "languages": [language],
        "categories": [{"code": code, "name": {language: name}} for code, name in data.categories.items()],
        "strategy": strategy,
        "limits": {"reasonMin": 1},  # reasons of another time are given as they were recorded
        "phases": [phase],
        "dataAgreementId": AGREEMENT,
    }


class Officials:
    """Two of them, by their tokens: one drafts, the other approves."""

    def __init__(self, mediated: Mediated, first: str, second: str, language: str) -> None:
        self._mediated, self._first, self._second, self._language = mediated, first, second, language

    async def open(self, draft: dict[str, Any]) -> dict[str, Any]:
        """Draft, hand over, approve, and wait until the scheduler has opened the phase."""
        return await self.publish(await self.draft(draft))

    async def draft(self, draft: dict[str, Any]) -> dict[str, Any]:
        """The process, not handed over yet, so that its tools can be made ready."""
        process: dict[str, Any] = await self._ask("POST", "/v1/processes", draft, key=f"demo-{draft['slug']}-draft")
        return process

    async def publish(self, process: dict[str, Any]) -> dict[str, Any]:
        """Hand over, approve, and wait until the scheduler has opened the phase."""
        path = f"/v1/processes/{process['id']}"
        await self._step(f"{path}/review", self._first, "in_review")
        await self._step(f"{path}/approval", self._second, "scheduled")
        return await self.wait_for(process["id"], "open")

    async def close(self, process: dict[str, Any], seconds: float) -> None:
        """Move the phase's end to this many seconds from now, and wait until the scheduler has closed it."""
        [phase] = process["phases"]
        instants = {"opensAt": phase["opensAt"], "closesAt": text(datetime.now(UTC) + timedelta(seconds=seconds))}
        await self._ask("PUT", f"/v1/processes/{process['id']}/phases/{phase['id']}", instants)
        await self.wait_for(process["id"], "closed")

    async def verify(self, proposal_id: str) -> None:
        await self._ask("PUT", f"/v1/proposals/{proposal_id}/verification", {"outcome": "valid"})

    async def seal(self, process_id: str) -> None:
        await self._step(f"/v1/processes/{process_id}/seal", self._first, "analysing")

    async def decide(self, proposal_id: str, of: Proposal) -> None:
        """The decision that the data records; a reason that was not recorded is said to be so."""
        await self._ask("PUT", f"/v1/proposals/{proposal_id}/decision", _decision(of, self._language))

    async def answer(self, process_id: str) -> None:
        await self._step(f"/v1/processes/{process_id}/answers", self._second, "decided")

    async def wait_for(self, process_id: str, state: str) -> dict[str, Any]:
        """The process, once it is in this state. Raises Refused."""
        for _ in range(int(_PATIENCE_SECONDS / _POLL_SECONDS)):
            process: dict[str, Any] = await self._ask("GET", f"/v1/processes/{process_id}")
            if process["state"] == state:
                return process
            await asyncio.sleep(_POLL_SECONDS)
        raise Refused(f"the process did not become {state}")

    async def _ask(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        return await self._mediated.must("engagement", method, path, body, person=self._first, **options)

    async def _step(self, path: str, official: str, state: str) -> None:
        """A step that is refused because an earlier try took it already is taken."""
        answer = await self._mediated.call("engagement", "POST", path, person=official)
        if answer.status >= 300:
            process = await self._ask("GET", path.rsplit("/", 1)[0])
            if process["state"] not in (state, "open"):
                raise Refused(f"POST {path}: {answer.status} {answer.body}")


def _decision(of: Proposal, language: str) -> dict[str, Any]:
    if of.accepted:
        return {"outcome": "accepted", "reasonCode": "included_in_plan"}
    if of.rejection_reason:
        return {"outcome": "rejected", "reasonCode": "other", "reason": {language: of.rejection_reason}}
    return {"outcome": "rejected", "reasonCode": "not_recorded"}


_STRATEGY_EN = {
    "objective": "Find out together what the district should do in the coming years.",
    "whatIsDecided": "Which actions the district's plan takes up.",
    "whoDecides": "The district council, in public session.",
    "howInputIsUsed": "Officials check every idea, and the council decides on each one by published criteria.",
    "howFeedbackIsGiven": "Every idea gets an answer with a reason, and everyone who took part hears of it once.",
    "privacyNotice": "We keep your display name and, if you give it, your address, to answer you. Nothing else.",
}
_STRATEGY_CA = {
    "objective": "Decidir entre totes i tots què ha de fer el districte els propers anys.",
    "whatIsDecided": "Quines actuacions entren al pla del districte.",
    "whoDecides": "El consell del districte, en sessió pública.",
    "howInputIsUsed": "El personal tècnic revisa cada proposta i el consell hi decideix amb criteris públics.",
    "howFeedbackIsGiven": "Cada proposta rep una resposta raonada, i tothom qui hi participa n'és informat una vegada.",
    "privacyNotice": "Guardem el nom públic i, si la doneu, l'adreça, per respondre-us. Res més.",
}
