"""Criteria, assessments, commitments and the way of an idea, behind the fake mediator and on pages."""

from typing import Any

from .. import make

Json = dict[str, Any]
_ONE = "([0-9a-f-]{36})"


def criteria(**changes: Any) -> Json:
    said = {"name": make.words("Cost", "Cost", "الكلفة"),
            "description": make.words("What it costs.", "El que costa.", "كم يكلّف.")}  # fmt: skip
    more = {"name": make.words("Reach", "Abast", "النطاق"),
            "description": make.words("Who gains.", "Qui hi guanya.", "من ينتفع.")}  # fmt: skip
    both = [{"code": "cost", "weight": 3, "scale": 10, **said}, {"code": "reach", "weight": 1, "scale": 5, **more}]
    return {"processId": make.new_id(), "criteria": both, "publishedAt": make.instant(days=-9), "version": 2} | changes


def assessment(**changes: Any) -> Json:
    return {"id": make.new_id(), "conflict": False, "scores": {"cost": 8, "reach": 4}, "total": 800,
            "note": "It fits the plan.", "at": make.instant(days=-1)} | changes  # fmt: skip


FOUND = {"assessments": 2, "total": 812, "spread": 375,
         "criteria": {"cost": {"mean": 7.5, "spread": 5}, "reach": {"mean": 5, "spread": 0}}}  # fmt: skip


def commitment(process_id: str, **changes: Any) -> Json:
    return {
        "id": make.new_id(), "processId": process_id,
        "title": make.words("Forty trees", "Quaranta arbres", "أربعون شجرة"),
        "office": "Office of parks", "dueOn": "2026-10-31", "status": "started", "progress": 40, "weight": 1,
        "overdue": True, "updatedAt": make.instant(days=-30), "version": 3, "parts": [],
        "budget": 9000, "currency": "EUR",
    } | changes  # fmt: skip


class Room:
    """What the fake knows of all this."""

    def __init__(self) -> None:
        self.criteria: Json | None = None
        self.evaluators: list[Json] = []
        self.mine: Json | None = None
        self.others: list[Json] = []
        self.found: Json | None = None
        self.commitments: dict[str, Json] = {}
        self.milestones: list[Json] = []
        self.merges: dict[str, Json] = {}  # original to what it was merged into


def room(fake: Any) -> Room:
    if not hasattr(fake, "criteria_room"):
        fake.criteria_room = Room()
    its: Room = fake.criteria_room
    return its


def operations(fake: Any) -> list[Any]:
    its = room(fake)

    def chosen(_query: Any, body: Json, _process: str) -> tuple[int, Json]:
        its.criteria = criteria(criteria=body["criteria"], publishedAt=None, version=body["version"] + 1)
        return 200, its.criteria

    def shown(*_: Any) -> tuple[int, Json]:
        if its.criteria is None:
            raise KeyError("criteria")
        return 200, its.criteria

    def publish(*_: Any) -> tuple[int, Json]:
        its.criteria = (its.criteria or criteria()) | {"publishedAt": make.instant()}
        return 200, its.criteria

    def enter(_query: Any, body: Json, _process: str) -> tuple[int, Json]:
        its.evaluators.append({"office": body["office"], "at": make.instant(), "me": True})
        return 200, its.evaluators[-1]

    def assess(_query: Any, body: Json, _proposal: str) -> tuple[int, Json]:
        total = None if body["conflict"] else 800
        its.mine = assessment(conflict=body["conflict"], scores=body.get("scores", {}), total=total)
        return 200, its.mine

    def look(*_: Any) -> tuple[int, Json]:
        seen = {name: value for name, value in (("mine", its.mine), ("found", its.found)) if value}
        known = its.criteria or criteria(criteria=[], publishedAt=None, version=0)
        return 200, {
            "criteria": known,
            "assessments": len(its.others),
            "others": its.others if its.found else [],
        } | seen

    def scores(_query: Any, _body: Any, process_id: str) -> tuple[int, Json]:
        ideas = [each for each in fake.proposals.values() if each["processId"] == process_id][:3]
        items = [{"proposalId": each["id"], "reference": each["reference"], "title": each["title"],
                  "assessments": place, "total": 812 if place == 2 else None, "spread": 375 if place == 2 else None}
                 for place, each in enumerate(ideas)]  # fmt: skip
        return 200, {"items": items, "next": None}

    def promise(_query: Any, body: Json, process_id: str) -> tuple[int, Json]:
        made = commitment(process_id, status="planned", progress=0, overdue=False, version=1) | body
        its.commitments[made["id"]] = made
        return 201, made

    def listed(_query: Any, _body: Any, process_id: str) -> tuple[int, Json]:
        items = [each for each in its.commitments.values() if each["processId"] == process_id]
        return 200, {"items": items, "next": None}

    def report(_query: Any, body: Json, commitment_id: str) -> tuple[int, Json]:
        its.commitments[commitment_id] |= body | {"version": body["version"] + 1}
        return 200, its.commitments[commitment_id]

    def reach(_query: Any, body: Json, _commitment: str) -> tuple[int, Json]:
        its.milestones.append({"id": make.new_id(), "at": make.instant(), **body})
        return 201, its.milestones[-1]

    def trace(_query: Any, _body: Any, proposal_id: str) -> tuple[int, Json]:
        decision = fake.proposals[proposal_id]["decision"]
        said = {"decision": decision | {"cost": 12000, "currency": "EUR"}, "found": FOUND} if decision else {}
        return 200, {"proposalId": proposal_id, "commitments": list(its.commitments.values())[:1]} | said

    def together(_query: Any, body: Json, _process: str) -> tuple[int, Json]:
        for each in body["proposalIds"]:
            fake.proposals[each]["decision"] = make.decision(each, body["outcome"], reasonCode=body["reasonCode"])
        return 200, {"decided": len(body["proposalIds"])}

    def merge(_query: Any, body: Json, process_id: str) -> tuple[int, Json]:
        made = fake.add_proposal(fake.processes[process_id], 99, title=body["title"])
        its.merges |= dict.fromkeys(body["originalIds"], made)
        return 201, {"proposalId": made["id"], "reference": made["reference"], "merged": len(body["originalIds"])}

    def relations(_query: Any, _body: Any, proposal_id: str) -> tuple[int, Json]:
        originals = [fake.proposals[each] for each, made in its.merges.items() if made["id"] == proposal_id]
        into = {"into": named(its.merges[proposal_id])} if proposal_id in its.merges else {}
        return 200, {"originals": [named(each) for each in originals]} | into

    def named(of: Json) -> Json:
        return {name: of[name] for name in ("id", "reference", "title")}

    def carry(_query: Any, _body: Any, proposal_id: str) -> tuple[int, Json]:
        receipt = {"id": make.new_id(), "proposalId": proposal_id, "at": make.instant()}
        return 201, receipt | {"receipt": make.receipt()}

    return [
        (f"v1/processes/{_ONE}/merges", "POST", merge),
        (f"v1/proposals/{_ONE}/merge", "GET", relations),
        (f"v1/proposals/{_ONE}/carried-support", "POST", carry),
        (f"v1/processes/{_ONE}/criteria", "GET", shown),
        (f"v1/processes/{_ONE}/criteria", "PUT", chosen),
        (f"v1/processes/{_ONE}/criteria/publication", "POST", publish),
        (f"v1/processes/{_ONE}/evaluators", "GET", lambda q, b, i: (200, {"items": its.evaluators})),
        (f"v1/processes/{_ONE}/evaluators/me", "PUT", enter),
        (f"v1/proposals/{_ONE}/assessment", "PUT", assess),
        (f"v1/proposals/{_ONE}/assessments", "GET", look),
        (f"v1/processes/{_ONE}/scores", "GET", scores),
        (f"v1/processes/{_ONE}/decisions", "POST", together),
        (f"v1/processes/{_ONE}/commitments", "GET", listed),
        (f"v1/processes/{_ONE}/commitments", "POST", promise),
        (f"v1/commitments/{_ONE}", "GET",
         lambda q, b, i: (200, {"commitment": its.commitments[i], "milestones": its.milestones})),
        (f"v1/commitments/{_ONE}/progress", "PUT", report),
        (f"v1/commitments/{_ONE}/milestones", "POST", reach),
        (f"v1/proposals/{_ONE}/trace", "GET", trace),
    ]  # fmt: skip


def furnish(world: Any) -> None:
    its = room(world.fake)
    its.criteria, its.found = criteria(), FOUND
    its.evaluators = [{"office": "Office of parks", "at": make.instant(), "me": True}]
    its.others = [assessment(), assessment()]
    world.part = commitment(world.decided["id"], overdue=False, status="done", progress=100)
    world.commitment = commitment(world.decided["id"], parts=[world.part])
    its.commitments = {each["id"]: each for each in (world.commitment,)}
    its.milestones = [{"id": make.new_id(), "reachedOn": "2026-08-01", "words": {"en": "Ten."}, "at": make.instant()}]
    its.merges = {each["id"]: world.idea for each in world.ideas[1:3]}
    world.accepted = next(each for each in world.fake.proposals.values() if each["processId"] == world.decided["id"])


PAGES = {
    "criteria": lambda w: "/processes/safe-streets/criteria",
    "scores": lambda w: "/processes/parks/scores",
    "commitments": lambda w: "/processes/parks/commitments",
    "commitment": lambda w: f"/commitments/{w.commitment['id']}",
    "way of an idea": lambda w: f"/ideas/{w.accepted['id']}/trace",
    "way of a merged idea": lambda w: f"/ideas/{w.idea['id']}/trace",
}
PAGES_BEHIND_SIGN_IN = {
    "edit criteria": lambda w: "/processes/safe-streets/criteria/edit",
    "assess": lambda w: f"/work/ideas/{w.idea['id']}/assessment",
    "new commitment": lambda w: f"/processes/parks/commitments/new?whole={w.commitment['id']}",
    "merge": lambda w: f"/work/processes/{w.process['id']}/merge?idea={w.ideas[0]['id']}&idea={w.ideas[1]['id']}",
    "carry support": lambda w: f"/ideas/{w.idea['id']}/carried-support",
    "report progress": lambda w: f"/commitments/{w.commitment['id']}/progress",
    "new milestone": lambda w: f"/commitments/{w.commitment['id']}/milestones/new",
}
