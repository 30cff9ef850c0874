"""Taking part without an account, one's own data, follows and the help desk."""

from typing import Any

from .. import make

Json = dict[str, Any]
CODE = "7K2QF-0A1B2-C3D4E-5F6G7"
TOKEN = "5e" * 32
FOLLOW = "01990000-0000-7000-8000-0000000000f0"
CONTACT = {"displayName": "Mar", "email": "mar@example.org"}
RECORD = {"id": "record-1", "signature": {"payload": "x"}}
CASE = "01990000-0000-7000-8000-0000000000c0"


def part(process: Json, **changes: Any) -> Json:
    return {
        "id": make.new_id(),
        "processId": process["id"],
        "slug": process["slug"],
        "title": process["title"],
        "displayName": "Mar",
        "state": "joined",
        "ladderStep": 3,
        "joinedAt": make.instant(days=-3),
        "language": "en",
        "consentRecordId": "record-1",
        "contactEntryId": "entry-1",
    } | changes


def own(process: Json, kind: str = "proposal", **changes: Any) -> Json:
    return {
        "kind": kind,
        "id": make.new_id(),
        "processId": process["id"],
        "channel": "web",
        "ladderStep": 3,
        "status": "counted",
        "at": make.instant(days=-2),
        "receipt": CODE,
        "said": {"title": {"en": "A crossing"}},
    } | changes


def case(**changes: Any) -> Json:
    return {
        "code": CODE,
        "topic": "registration",
        "question": "How do I open an account?",
        "state": "open",
        "askedAt": make.instant(days=-1),
        "answer": None,
        "answeredAt": None,
    } | changes


def desk_case(**changes: Any) -> Json:
    told = case(id=CASE, processId=None, language="ca") | changes
    del told["code"]
    return told


def answered_case(answer: str) -> Json:
    return desk_case(state="answered", answer=answer, answeredAt=make.instant())


def _confirmed(fake: Any, follow_id: str) -> tuple[int, Json]:
    return 200, {"id": follow_id, "processId": next(iter(fake.processes))}


def operations(fake: Any) -> list[Any]:
    one = "([0-9a-f-]{36})"
    kept = fake.__dict__
    return [
        (f"v1/processes/{one}/visitor-keys", "POST", lambda q, b, i: (201, {"key": key_for(i)})),
        (f"v1/processes/{one}/proofs", "POST", lambda q, b, i: (201, proof(i))),
        (f"v1/proofs/{one}/confirmation", "POST", lambda q, b, i: (200, proof(i) | {"confirmed": True})),
        (f"v1/processes/{one}/visitors", "POST", lambda q, b, i: _enter(fake, i, b)),
        (f"v1/processes/{one}/participants/me/withdrawal", "POST", lambda q, b, i: (200, left(i, b["erase"]))),
        ("v1/me/participations", "GET", lambda q, b: fake._page(kept.get("parts", []))),
        ("v1/me/contributions", "GET", lambda q, b: fake._page(kept.get("owns", []))),
        ("v1/receipts/([0-9A-Z-]{23})/erasure", "POST", lambda q, b, c: (200, {"code": c, "kind": "proposal"})),
        (f"v1/processes/{one}/follows", "POST", lambda q, b, i: (204, None)),
        (f"v1/follows/{one}/confirmation", "POST", lambda q, b, i: _confirmed(fake, i)),
        (f"v1/follows/{one}/end", "POST", lambda q, b, i: (204, None)),
        (f"v1/processes/{one}/news", "GET", lambda q, b, i: (200, {"items": kept.get("news", [])})),
        ("v1/help-cases", "POST", lambda q, b: (201, case(topic=b["topic"], question=b["question"]))),
        ("v1/help-cases", "GET", lambda q, b: fake._page(kept.get("cases", []))),
        ("v1/help-cases/([0-9A-Z-]{23})", "GET", lambda q, b, c: (200, {CODE: kept.get("case", case())}[c])),
        (f"v1/help-desk/{one}/answer", "POST", lambda q, b, i: (200, answered_case(b["answer"]))),
        ("data/mypersonalDataUsage", "GET", lambda q, b: (200, kept.get("readings", []))),
        ("data/participants/1/read", "POST", lambda q, b: (200, {"content": CONTACT})),
        ("data/participants/1/([a-z0-9-]+)/delete", "DELETE", lambda q, b, i: (204, None)),
        ("service/individual/record/data-agreement/agreement-1/", "GET", lambda q, b: (200, {"consentRecord": RECORD})),
        ("service/individual/record/consent-record/record-1/", "PUT", lambda q, b: (200, {})),
    ]  # fmt: skip


def key_for(process_id: str) -> str:
    return f"{process_id.replace('-', '')}.{'A' * 32}"


def proof(process_id: str) -> Json:
    about = {"processId": process_id, "way": "email", "expiresAt": make.instant(minutes=30), "confirmed": False}
    return {"id": make.new_id()} | about


def left(process_id: str, erase: bool) -> Json:
    return {"processId": process_id, "kept": {"proposal": 1, "endorsement": 2}, "erased": int(erase)}


def _enter(fake: Any, process_id: str, body: Json) -> tuple[int, Json]:
    fake.joined.add(process_id)
    return 201, fake._participation(process_id, body["displayName"])


def furnish(world: Any) -> None:
    fake = world.fake
    fake.parts = [part(world.process)]
    fake.owns = [own(world.process), own(world.process, "comment"), own(world.process, "endorsement", status="hidden")]
    fake.readings = [
        {
            "id": "1",
            "readerId": "x",
            "readerInstitutionId": "x",
            "readerApplicationName": "messaging",
            "searchDateTime": make.instant(days=-1),
            "refrences": [],
            "purpose": "feedback",
        }
    ]
    fake.news = [
        {"kind": "proposal", "id": world.idea["id"], "title": world.idea["title"], "at": make.instant(days=-1)}
    ]
    fake.cases = [
        desk_case(),
        desk_case(id=make.new_id(), state="answered", answer="Like this.", answeredAt=make.instant()),
    ]
    fake.case = case(state="answered", answer="Press “Sign in”, then “New account”.", answeredAt=make.instant())
    world.open_process = fake.add_process(slug="open-square", strategy=make.strategy(access="email"))


PAGES = {
    "follow": lambda w: "/processes/safe-streets/follow",
    "confirm a follow": lambda w: f"/follows/{FOLLOW}/{TOKEN}",
    "end a follow": lambda w: f"/follows/{FOLLOW}/{TOKEN}/end",
    "ask the help desk": lambda w: "/help/ask",
    "find a case": lambda w: "/help/cases",
    "a case": lambda w: f"/help/cases/{CODE}",
    "a tutorial": lambda w: "/help/tutorials/ideas",
    "an easy tutorial": lambda w: "/help/tutorials/no-account?easy=1",
    "my data": lambda w: "/me",
    "erase by a receipt": lambda w: "/me/receipts",
}
PAGES_BEHIND_SIGN_IN = {
    "leave": lambda w: f"/me/processes/{w.process['id']}/leave",
    "help desk": lambda w: "/work/help-desk",
    "answer a case": lambda w: f"/work/help-desk/{CASE}",
}
