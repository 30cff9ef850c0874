"""Drafts, versions, pictures and rules of ideas, behind the fake mediator and on pages."""

from typing import Any

from .. import make
from ..fake_contract import File

Json = dict[str, Any]
_ONE = "([0-9a-f-]{36})"
_PIXELS = File(b"RIFF....WEBP", "image/webp")


def picture(**changes: Any) -> Json:
    return {"id": make.new_id(), "alt": {"en": "Ten young trees"}, "width": 1280, "height": 720} | changes


def amendment(proposal_id: str, **changes: Any) -> Json:
    pieces = [{"op": op, "text": text} for op, text in (("equal", "Cars "), ("delete", "slow"), ("insert", "stop"))]
    return {
        "id": make.new_id(), "proposalId": proposal_id, "author": "Omar", "title": {"en": "Raised crossing"},
        "rationale": {"en": "Slow is not enough."}, "base": 1, "state": "evaluating", "hiddenReason": None,
        "reason": None, "promotedId": None, "at": make.instant(days=-1), "decidedAt": None, "mine": False,
        "decidedByMe": False, "changes": [{"field": "summary", "language": "en", "pieces": pieces}],
    } | changes  # fmt: skip


def amendments(fake: Any) -> list[Any]:
    """`fake.amendments` is `{id: amendment}`."""
    if not hasattr(fake, "amendments"):
        fake.amendments = {}

    def listed(query: Json, body: Json, proposal_id: str) -> Any:
        found = [each for each in fake.amendments.values() if each["proposalId"] == proposal_id]
        names = ("mine", "decidedByMe", "changes")
        return 200, {"items": [{k: v for k, v in each.items() if k not in names} for each in found], "next": None}

    def propose(query: Json, body: Json, proposal_id: str) -> Any:
        made = amendment(proposal_id, rationale=body["rationale"], mine=True)
        fake.amendments[made["id"]] = made
        return 201, {k: v for k, v in made.items() if k not in ("mine", "decidedByMe", "changes")} | {
            "receipt": make.receipt()
        }

    def changed(**values: Any) -> Any:
        def answer(query: Json, body: Json, amendment_id: str) -> Any:
            more = {"state": body["outcome"], "reason": body["reason"]} if body else values
            fake.amendments[amendment_id] |= more
            return 200, fake.amendments[amendment_id]

        return answer

    def promote(query: Json, body: Json, amendment_id: str) -> Any:
        made = fake.add_proposal(next(iter(fake.processes.values())), 40)
        fake.amendments[amendment_id] |= {"state": "promoted", "promotedId": made["id"]}
        return 201, made | {"receipt": make.receipt()}

    return [
        (f"v1/proposals/{_ONE}/amendments", "GET", listed),
        (f"v1/proposals/{_ONE}/amendments", "POST", propose),
        (f"v1/amendments/{_ONE}", "GET", lambda q, b, i: (200, fake.amendments[i])),
        (f"v1/amendments/{_ONE}/decision", "PUT", changed()),
        (f"v1/amendments/{_ONE}/withdrawal", "POST", changed(state="withdrawn")),
        (f"v1/amendments/{_ONE}/promotion", "POST", promote),
    ]


def operations(fake: Any) -> list[Any]:
    def mine(query: Json, body: Json, process_id: str) -> Any:
        found = [each for each in fake.proposals.values() if each["processId"] == process_id and each["mine"]]
        return 200, {"items": found, "next": None}

    def rules(query: Json, body: Json, process_id: str) -> Any:
        own = {"supportMost": None, "threshold": None, "otherNames": True, "amendments": True, "version": 0}
        return 200, {"processId": process_id} | own | (body or {})

    def revise(query: Json, body: Json, proposal_id: str) -> Any:
        found = fake.proposals[proposal_id]
        found |= {name: body[name] for name in ("title", "summary", "body", "tags", "place", "cost") if name in body}
        if found["state"] == "draft" and not body.get("draft"):
            found |= {"state": "published", "reference": "STREETS-2026-00026"}
            return 200, found | {"receipt": make.receipt()}
        return 200, found

    def discard(query: Json, body: Json, proposal_id: str) -> Any:
        del fake.proposals[proposal_id]
        return 204, None

    def withdraw(query: Json, body: Json, proposal_id: str) -> Any:
        fake.proposals[proposal_id]["state"] = "withdrawn"
        return 200, fake.proposals[proposal_id]

    def versions(query: Json, body: Json, proposal_id: str) -> Any:
        causes = ("submitted", "edited")
        title = fake.proposals[proposal_id]["title"]
        items = [
            {"number": n, "cause": cause, "at": make.instant(days=-5, minutes=n), "amendmentId": None, "title": title}
            for n, cause in enumerate(causes, 1)
        ]
        return 200, {"items": items, "next": None}

    def changes(query: Json, body: Json, proposal_id: str, number: str) -> Any:
        pieces = [("equal", "Cars slow "), ("delete", "down"), ("insert", "down <here>"), ("equal", ".")]
        told = [{"op": op, "text": text} for op, text in pieces]
        return 200, {"number": int(number), "changes": [{"field": "summary", "language": "en", "pieces": told}]}

    def add(query: Json, body: Json, proposal_id: str) -> Any:
        made = picture(alt=body["alt"])
        fake.proposals[proposal_id].setdefault("pictures", []).append(made)
        return 201, made

    def remove(query: Json, body: Json, proposal_id: str, picture_id: str) -> Any:
        its = fake.proposals[proposal_id]
        its["pictures"] = [each for each in its["pictures"] if each["id"] != picture_id]
        return 204, None

    def edit(query: Json, body: Json, comment_id: str) -> Any:
        fake.comments[comment_id] |= {"body": body["body"], "editedAt": make.instant()}
        return 200, fake.comments[comment_id]

    def drop(query: Json, body: Json, comment_id: str) -> Any:
        fake.comments[comment_id] |= {"body": None, "author": None, "position": None, "state": "removed"}
        return 204, None

    def helpful(by: int) -> Any:
        def answer(query: Json, body: Json, comment_id: str) -> Any:
            its = fake.comments[comment_id]
            its |= {"helpful": its.get("helpful", 0) + by, "helpfulToMe": by > 0}
            return 204, None

        return answer

    return [
        *amendments(fake),
        (f"v1/processes/{_ONE}/proposals/mine", "GET", mine),
        (f"v1/processes/{_ONE}/proposal-rules", "GET", rules),
        (f"v1/processes/{_ONE}/proposal-rules", "PUT", rules),
        (f"v1/processes/{_ONE}/similar-proposals/outcomes", "POST", lambda q, b, i: (204, None)),
        (f"v1/proposals/{_ONE}", "PUT", revise),
        (f"v1/proposals/{_ONE}", "DELETE", discard),
        (f"v1/proposals/{_ONE}/withdrawal", "POST", withdraw),
        (f"v1/proposals/{_ONE}/versions", "GET", versions),
        (f"v1/proposals/{_ONE}/versions/([0-9]+)/changes", "GET", changes),
        (f"v1/proposals/{_ONE}/pictures", "POST", add),
        (f"v1/proposals/{_ONE}/pictures/{_ONE}", "DELETE", remove),
        (f"v1/pictures/{_ONE}/(?:thumb|large)[.](?:webp|jpg)", "GET", lambda q, b, i: (200, _PIXELS)),
        (f"v1/comments/{_ONE}", "PUT", edit),
        (f"v1/comments/{_ONE}", "DELETE", drop),
        (f"v1/comments/{_ONE}/helpful", "PUT", helpful(1)),
        (f"v1/comments/{_ONE}/helpful", "DELETE", helpful(-1)),
    ]


def furnish(world: Any) -> None:
    """An idea with all that an idea can have, one that is gone, a draft, and an official answer."""
    more = {
        "pictures": [picture(), picture(width=600, height=900)],
        "place": {"name": "School lane"},
        "cost": {"amount": 12000, "currency": "EUR", "estimatedBy": "Office of streets"},
        "textNumber": 2,
        "editedAt": make.instant(days=-5, minutes=9),
    }
    world.rich = world.fake.add_proposal(world.process, 30, mine=True, **more)
    world.gone = world.fake.add_proposal(world.process, 31, mine=True, state="withdrawn", summary={"en": "Gone."})
    unsent = {"state": "draft", "reference": "", "publishedAt": None, "endorsements": None, "mine": True}
    world.unsent = world.fake.add_proposal(world.process, 32, **unsent)
    world.hidden_counts = world.fake.add_proposal(world.process, 33, endorsements=None, countsHidden=True)
    world.own_comment = world.fake.add_comment(world.rich, "My own words.", mine=True, editedAt=make.instant(days=-2))
    world.fake.add_comment(world.rich, "Where exactly?", kind="question", position=None, helpful=3, helpfulToMe=True)
    world.fake.add_comment(world.rich, "", body=None, state="removed", author=None, position=None)
    answered = {"state": "rejected", "reason": {"en": "Stopping is too much."}, "mine": True}
    world.waiting = amendment(world.rich["id"], decidedByMe=True)
    world.refused = amendment(world.rich["id"], **answered)
    world.fake.amendments = {each["id"]: each for each in (world.waiting, world.refused)}
    official = {"kind": "official_answer", "office": "Office of streets", "author": None, "position": None}
    world.fake.add_comment(world.rich, "We build it in May.", **official)


PAGES = {
    "rich idea": lambda w: f"/ideas/{w.rich['id']}",
    "withdrawn idea": lambda w: f"/ideas/{w.gone['id']}",
    "idea with hidden counts": lambda w: f"/ideas/{w.hidden_counts['id']}",
    "comments in order": lambda w: f"/ideas/{w.rich['id']}?order=newest",
    "versions": lambda w: f"/ideas/{w.rich['id']}/versions",
    "amendments": lambda w: f"/ideas/{w.rich['id']}/amendments",
    "amendment": lambda w: f"/amendments/{w.waiting['id']}",
    "refused amendment": lambda w: f"/amendments/{w.refused['id']}",
    "first version": lambda w: f"/ideas/{w.rich['id']}/versions?version=1",
}
PAGES_BEHIND_SIGN_IN = {
    "propose an amendment": lambda w: f"/ideas/{w.idea['id']}/amendments/new",
    "my ideas": lambda w: "/processes/safe-streets/ideas/mine",
    "draft": lambda w: f"/ideas/{w.unsent['id']}",
    "withdraw": lambda w: f"/ideas/{w.rich['id']}/withdrawal",
    "discard": lambda w: f"/ideas/{w.unsent['id']}/withdrawal",
    "pictures": lambda w: f"/ideas/{w.rich['id']}/pictures",
    "edit comment": lambda w: f"/ideas/{w.rich['id']}/comments/{w.own_comment['id']}/edit?root={w.own_comment['id']}",
    "rules": lambda w: f"/work/processes/{w.process['id']}/rules",
    "official answer": lambda w: f"/ideas/{w.rich['id']}/official-answer",
}
