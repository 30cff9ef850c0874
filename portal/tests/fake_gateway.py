"""A mediator, the blocks behind it and an OpenID provider, as one small HTTP server with its data in memory.

Requests of the portal and the fake's own answers are checked against engagement's contract; what breaks it is listed
in `violations`, and the fixture fails the test.
"""

import re
from collections.abc import Callable
from typing import Any
from urllib.parse import parse_qs, urlsplit

from . import make, rooms
from .fake_contract import contract
from .fake_provider import FakeProvider

Json = Any
Answer = tuple[int, Json]


class Refused(Exception):
    def __init__(self, status: int, slug: str, title: str = "Refused", **more: Any) -> None:
        super().__init__(slug)
        self.answer = (status, make.problem(status, slug, title, **more))


class FakeGateway(FakeProvider):
    """`roles` and `name` are those of whoever signs in next; `refusals` maps `(verb, path ending)` to an answer."""

    def __init__(self, url: str) -> None:
        super().__init__(url)
        self.processes: dict[str, Json] = {}
        self.proposals: dict[str, Json] = {}
        self.comments: dict[str, Json] = {}
        self.replies: dict[str, list[Json]] = {}
        self.tasks: list[Json] = []
        self.reports: list[Json] = []
        self.moderation: list[Json] = []
        self.joined: set[str] = set()
        self.alike: list[str] = []
        self.refusals: dict[tuple[str, str], Answer] = {}
        self.calls: list[tuple[str, str, Json]] = []
        self.headers: list[dict[str, str]] = []
        self.violations: list[str] = []
        self._contract = contract()

    def add_process(self, **changes: Any) -> Json:
        made = make.process(**changes)
        self.processes[made["id"]] = made
        return made

    def add_proposal(self, process: Json, number: int = 1, **changes: Any) -> Json:
        made = make.proposal(process["id"], number, **changes)
        self.proposals[made["id"]] = made
        return made

    def add_comment(self, proposal: Json, words: str = "A good start.", **changes: Any) -> Json:
        made = make.comment(proposal["id"], words, **changes)
        self.comments[made["id"]] = made
        return made

    def answer(self, verb: str, target: str, headers: dict[str, str], body: Json) -> Answer:
        """What a block answers to a call through the mediator."""
        parts = urlsplit(target)
        application, _, path = parts.path.removeprefix("/r1/BARAZA/GOV/1001/").partition("/api/")
        query = {name: values[-1] for name, values in parse_qs(parts.query).items()}
        self.calls.append((verb, f"{application}/{path}", body))
        self.headers.append(headers)
        if application == "identity":
            return 200, {"access_token": "portal-token", "token_type": "Bearer", "expires_in": 900}
        if headers.get("proxy-authorization") != "Bearer portal-token":
            return 401, make.problem(401, "unauthenticated")
        for (refused_verb, ending), refusal in self.refusals.items():
            if verb == refused_verb and path.endswith(ending):
                return refusal
        if application == "engagement":
            self.violations += self._contract.of_request(verb, "/" + path, query, body)
        try:
            status, answered = self._route(application, verb, path, query, headers, body)
        except Refused as refused:
            return refused.answer
        except KeyError:
            return 404, make.problem(404, "not-found")
        if application == "engagement":
            self.violations += self._contract.of_answer(verb, "/" + path, status, answered)
        return status, answered

    def _route(
        self, application: str, verb: str, path: str, query: dict[str, str], headers: dict[str, str], body: Json
    ) -> Answer:
        if application == "workflow" and path == "v1/tasks":
            return 200, {"items": self.tasks, "next": None}
        if application == "consent" and path == "service/data-agreement/agreement-1/":
            return 200, {"dataAgreement": _AGREEMENT, "revision": {"id": "1"}}
        signed_in = "authorization" in headers or "visitor-key" in headers or path.endswith(_OPEN_TO_ALL)
        for pattern, wanted, answer in (*self._operations(), *rooms.operations(self)):
            found = re.fullmatch(pattern, path)
            if found and verb == wanted:
                if verb != "GET" and not signed_in:
                    raise Refused(401, "unauthenticated")
                answered: Answer = answer(query, body, *found.groups())
                return answered
        raise KeyError(path)

    def _operations(self) -> list[tuple[str, str, Callable[..., Answer]]]:
        one = "([0-9a-f-]{36})"
        return [
            ("v1/processes", "GET", self._list_processes),
            (f"v1/processes/{one}", "GET", lambda q, b, i: (200, self.processes[i])),
            (f"v1/processes/{one}/approval", "POST", lambda q, b, i: self._move(i, "scheduled")),
            (f"v1/processes/{one}/review", "POST", lambda q, b, i: self._move(i, "in_review")),
            (f"v1/processes/{one}/seal", "POST", lambda q, b, i: self._move(i, "analysing")),
            (f"v1/processes/{one}/answers", "POST", lambda q, b, i: self._move(i, "decided")),
            (f"v1/processes/{one}/figures", "GET", lambda q, b, i: (200, make.figures(self.processes[i]["id"]))),
            (f"v1/processes/{one}/proposals", "GET", self._list_proposals),
            (f"v1/processes/{one}/proposals", "POST", self._submit),
            (f"v1/processes/{one}/similar-proposals", "GET", self._similar),
            (f"v1/processes/{one}/participants", "POST", self._join),
            (f"v1/processes/{one}/participants/me", "GET", self._me),
            (f"v1/processes/{one}/reports", "GET", lambda q, b, i: self._page(self.reports)),
            (f"v1/processes/{one}/moderation-log", "GET", lambda q, b, i: self._page(self.moderation)),
            (f"v1/proposals/{one}", "GET", lambda q, b, i: (200, self.proposals[i])),
            (f"v1/proposals/{one}/endorsements", "POST", self._endorse),
            (f"v1/proposals/{one}/endorsements/mine", "DELETE", self._unendorse),
            (f"v1/proposals/{one}/comments", "GET", self._list_comments),
            (f"v1/proposals/{one}/comments", "POST", self._comment),
            (f"v1/proposals/{one}/verification", "PUT", self._verify),
            (f"v1/proposals/{one}/decision", "PUT", self._decide),
            (f"v1/comments/{one}/replies", "GET", self._list_replies),
            ("v1/reports", "POST", lambda q, b: (201, {"subject": b["subject"], "reports": 1})),
            ("v1/moderation/hidings", "POST", lambda q, b: self._moderate(b, "hide")),
            ("v1/moderation/restorations", "POST", lambda q, b: self._moderate(b, "restore")),
            ("v1/receipts/([0-9A-Z-]{23})", "GET", self._receipt),
        ]  # fmt: skip

    def _page(self, items: list[Json]) -> Answer:
        return 200, {"items": items, "next": None}

    def _similar(self, query: dict[str, str], body: Json, process_id: str) -> Answer:
        return self._page([self.proposals[each] for each in self.alike])

    def _list_processes(self, query: dict[str, str], body: Json) -> Answer:
        found = [each for each in self.processes.values() if query.get("slug") in (None, each["slug"])]
        return self._page(found[: int(query["limit"])])

    def _move(self, process_id: str, state: str) -> Answer:
        self.processes[process_id]["state"] = state
        return 200, self.processes[process_id]

    def _list_proposals(self, query: dict[str, str], body: Json, process_id: str) -> Answer:
        found = [each for each in self.proposals.values() if each["processId"] == process_id]
        if "search" in query:
            found = [each for each in found if query["search"].lower() in str(each["title"]).lower()]
        if "category" in query:
            found = [each for each in found if each["category"] == query["category"]]
        if "outcome" in query:
            found = [each for each in found if each["decision"] and each["decision"]["outcome"] == query["outcome"]]
        if query.get("work") == "to_verify":
            found = [each for each in found if each["verification"] == "pending"]
        if query.get("work") == "to_decide":
            found = [each for each in found if not each["decision"]]
        first, size = int(query.get("cursor", "0")), int(query["limit"])
        following = str(first + size) if len(found) > first + size else None
        return 200, {"items": found[first : first + size], "next": following}

    def _submit(self, query: dict[str, str], body: Json, process_id: str) -> Answer:
        if process_id not in self.joined:
            raise Refused(403, "not-a-participant")
        made = self.add_proposal(self.processes[process_id], 26, title=body["title"], endorsements=0, comments=0)
        return 201, made | {"receipt": make.receipt()}

    def _join(self, query: dict[str, str], body: Json, process_id: str) -> Answer:
        self.joined.add(process_id)
        return 201, self._participation(process_id, body["displayName"])

    def _me(self, query: dict[str, str], body: Json, process_id: str) -> Answer:
        if process_id not in self.joined:
            raise Refused(404, "not-found")
        return 200, self._participation(process_id, self.name)

    def _participation(self, process_id: str, name: str) -> Json:
        about = {"processId": process_id, "displayName": name, "state": "joined", "joinedAt": make.instant()}
        return {"id": make.new_id()} | about

    def _endorse(self, query: dict[str, str], body: Json, proposal_id: str) -> Answer:
        found = self.proposals[proposal_id]
        if found["processId"] not in self.joined:
            raise Refused(403, "not-a-participant")
        if found["endorsedByMe"]:
            raise Refused(409, "already-endorsed")
        found["endorsedByMe"] = True
        found["endorsements"] += 1
        return 201, {"id": make.new_id(), "proposalId": proposal_id, "at": make.instant(), "receipt": make.receipt()}

    def _unendorse(self, query: dict[str, str], body: Json, proposal_id: str) -> Answer:
        self.proposals[proposal_id]["endorsedByMe"] = False
        return 204, None

    def _list_comments(self, query: dict[str, str], body: Json, proposal_id: str) -> Answer:
        found = [each for each in self.comments.values() if each["proposalId"] == proposal_id]
        pinned = [each for each in found if each.get("kind") == "official_answer"]
        return 200, {"items": [each for each in found if each not in pinned], "pinned": pinned, "next": None}

    def _list_replies(self, query: dict[str, str], body: Json, root_id: str) -> Answer:
        return 200, {"root": self.comments[root_id], "items": self.replies.get(root_id, []), "next": None}

    def _comment(self, query: dict[str, str], body: Json, proposal_id: str) -> Answer:
        if self.proposals[proposal_id]["processId"] not in self.joined:
            raise Refused(403, "not-a-participant")
        made = make.comment(proposal_id, position=body.get("position")) | {"body": body["body"]}
        if "parentId" in body:
            made |= {"parentId": body["parentId"], "depth": 1}
        else:
            self.comments[made["id"]] = made
        return 201, made | {"receipt": make.receipt()}

    def _verify(self, query: dict[str, str], body: Json, proposal_id: str) -> Answer:
        self.proposals[proposal_id]["verification"] = body["outcome"]
        return 200, {"proposalId": proposal_id, "outcome": body["outcome"], "at": make.instant()}

    def _decide(self, query: dict[str, str], body: Json, proposal_id: str) -> Answer:
        made = make.decision(proposal_id, body["outcome"], reasonCode=body["reasonCode"], reason=body.get("reason"))
        self.proposals[proposal_id]["decision"] = made
        return 200, made

    def _moderate(self, body: Json, action: str) -> Answer:
        entry = {"id": make.new_id(), "subject": body["subject"], "action": action, "rule": body["rule"],
                 "reason": body["reason"], "at": make.instant()}  # fmt: skip
        self.moderation.insert(0, entry)
        return 201, entry

    def _receipt(self, query: dict[str, str], body: Json, code: str) -> Answer:
        if code != make.receipt()["code"]:
            raise Refused(404, "not-found")
        process_id = next(iter(self.processes), make.new_id())
        return 200, make.receipt() | {
            "processId": process_id,
            "kind": "proposal",
            "status": "counted",
            "at": make.instant(),
        }


_OPEN_TO_ALL = ("visitor-keys", "follows", "confirmation", "/end", "help-cases", "erasure")
_AGREEMENT = {
    "id": "agreement-1",
    "version": "1",
    "purpose": "To count each person once and to tell her the outcome.",
    "lawfulBasis": "consent",
    "dpia": "https://example.org/dpia",
    "active": True,
    "controller": {"id": "c", "name": "City of Example", "url": "https://example.org"},
    "texts": {
        "en": {"stored": "Your display name.", "why": "To count you once.", "howLong": "One year.",
               "whoSees": "Everyone sees your display name.", "withdraw": "Write to us at any time."},
        "ar": {"stored": "الاسم الذي تختاره.", "why": "لتُحتسب مرة واحدة.", "howLong": "سنة واحدة.",
               "whoSees": "يرى الجميع الاسم الذي تختاره.", "withdraw": "اكتب إلينا في أي وقت."},
    },
    "policy": {
        "id": "p",
        "name": "Privacy policy",
        "version": "1",
        "url": "https://example.org/policy",
        "dataRetentionPeriodDays": 365,
    },
}  # fmt: skip
