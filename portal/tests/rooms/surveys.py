"""Surveys to answer and to write, behind the fake mediator. `fake.surveys` is `{id: survey}`, as for their results;
`fake.responses` is `{survey: response}` of whoever is signed in."""

from base64 import b64encode
from collections.abc import Callable
from typing import Any

from .. import make

Json = dict[str, Any]
_ONE = "([0-9a-f-]{36})"
_PAGE = "([a-z0-9_]{1,40})"
PIXEL = b64encode(b"\x89PNG\r\n\x1a\n and so on").decode()


def options(*names: str) -> list[Json]:
    return [{"code": name.lower(), "text": make.words(name)} for name in names]


def question(name: str, kind: str, **values: Any) -> Json:
    return {"id": name, "type": kind, "text": make.words(f"What of {name}?", f"Què dius de {name}?")} | values


def definition() -> Json:
    """A page with a condition, a page with every type, and a page that ends it."""
    picture = {"id": make.new_id(), "alt": make.words("A colour", "Un color", "لون")}
    pictured = [each | {"picture": picture} for each in options("Red", "Blue")]
    rows = options("Street", "Park")
    every = [
        question("one", "single", options=options("Red", "Blue"), help=make.words("Just one.")),
        question("some", "multiple", options=options("Red", "Blue"), min=1, max=2),
        question("short", "short_text"),
        question("amount", "number", unit=make.words("km"), min=0, max=10),
        question("day", "date"),
        question("mood", "scale", low=make.words("Bad"), high=make.words("Good")),
        question("friend", "nps"),
        question("content", "csat"),
        question("order", "ranking", options=options("Trees", "Benches", "Paths")),
        question("grid", "matrix_single", rows=rows, options=options("Good", "Bad")),
        question("boxes", "matrix_multiple", rows=rows, options=options("Good", "Bad")),
        question("look", "image_choice", options=pictured),
        question("district", "location", options=options("North", "South")),
        question("spot", "location"),
        question("agree", "consent"),
        question("note", "statement"),
    ]
    rider = {"question": "rides", "is": "equals", "value": "yes"}
    rides = question("rides", "yes_no", required=True)
    why = question("why", "long_text", required=True, showIf={"all": [rider]})
    return {
        "pages": [
            {"id": "riding", "title": make.words("Riding"), "questions": [rides, why]},
            {"id": "every", "questions": every, "jumpTo": [{"when": rider, "ending": "bye"}]},
            {"id": "last", "questions": [question("words", "long_text")]},
        ],
        "endings": [{"id": "bye", "text": make.words("Goodbye", "Adéu", "مع السلامة")}],
    }  # fmt: skip


def survey(process: Json, **changes: Any) -> Json:
    return {
        "id": make.new_id(),
        "processId": process["id"],
        "title": make.words("Buses and trees", "Autobusos i arbres", "الحافلات والأشجار"),
        "introduction": make.words("Tell us how you travel."),
        "definition": definition(),
        "settings": {"editable": True, "hideResults": True},
        "state": "published",
        "revision": 1,
        "version": 2,
        "minutes": 4,
        "createdAt": make.instant(days=-9),
    } | changes


def response(of: Json, **changes: Any) -> Json:
    return {
        "id": make.new_id(),
        "surveyId": of["id"],
        "state": "started",
        "status": "pending",
        "revision": 1,
        "answers": {},
        "unsent": True,
        "pages": [page["id"] for page in of["definition"]["pages"]],
        "told": [],
        "startedAt": make.instant(hours=-1),
        "at": make.instant(hours=-1),
        "next": {"to": "page", "page": "riding"},
    } | changes


def met(of: Json, page_id: str, answers: Json) -> Json:
    """A page on which everything is shown but what asks for riders."""
    pages = of["definition"]["pages"]
    number = next(place for place, page in enumerate(pages, 1) if page["id"] == page_id)
    page = pages[number - 1]
    rides = answers.get("rides") == "yes"
    questions = [{**each, "shown": rides or "showIf" not in each} for each in page["questions"]]
    here = {each["id"] for each in questions}
    held = {name: value for name, value in answers.items() if name in here}
    told = {"title": page["title"]} if "title" in page else {}
    place = {"number": number, "of": len(pages), "before": pages[number - 2]["id"] if number > 1 else None}
    return {"id": page_id, "questions": questions, "answers": held} | place | told


class Answering:
    """What the block answers to who answers a survey."""

    def __init__(self, fake: Any) -> None:
        self.fake = fake
        self.surveys: Json = fake.__dict__.setdefault("surveys", {})
        self.responses: Json = fake.__dict__.setdefault("responses", {})

    def start(self, _query: Json, body: Json, survey_id: str) -> Any:
        new = survey_id not in self.responses
        return 201 if new else 200, self.responses.setdefault(survey_id, response(self.surveys[survey_id]))

    def mine(self, _query: Json, _body: Json, survey_id: str) -> Any:
        return 200, self.responses[survey_id]

    def page(self, _query: Json, _body: Json, survey_id: str, page_id: str) -> Any:
        return 200, met(self.surveys[survey_id], page_id, self.responses[survey_id]["answers"])

    def save(self, _query: Json, body: Json, survey_id: str, page_id: str) -> Any:
        held = self.responses[survey_id]
        pages = held["pages"]
        after = pages[pages.index(page_id) + 1 :]
        following = {"to": "page", "page": after[0]} if after else {"to": "check"}
        if not body.get("complete", True):
            following = {"to": "page", "page": page_id}
        held |= {"answers": held["answers"] | body["answers"], "unsent": True, "next": following}
        return 200, held

    def submit(self, _query: Json, _body: Json, survey_id: str) -> Any:
        self.responses[survey_id] |= {"state": "submitted", "status": "counted", "unsent": False}
        return 201, self.responses[survey_id] | {"receipt": make.receipt()}

    def withdraw(self, _query: Json, _body: Json, survey_id: str) -> Any:
        del self.responses[survey_id]
        return 204, None

    def draft(self, _query: Json, body: Json, process_id: str) -> Any:
        made = survey({"id": process_id}, state="draft", revision=0, version=1, gaps=[], **body)
        self.surveys[made["id"]] = made
        return 201, made

    def revise(self, _query: Json, body: Json, survey_id: str) -> Any:
        held = self.surveys[survey_id]
        held |= body | {"version": body["version"] + 1}
        return 200, held

    def turn(self, state: str) -> Callable[..., Any]:
        def turned(_query: Json, _body: Json, survey_id: str) -> Any:
            self.surveys[survey_id]["state"] = state
            return 200, self.surveys[survey_id]

        return turned

    def preview(self, _query: Json, body: Json, survey_id: str) -> Any:
        its = self.surveys[survey_id]
        pages = [page["id"] for page in its["definition"]["pages"]]
        return 200, {"pages": pages, "page": met(its, body.get("page", pages[0]), body["answers"])}

    def picture(self, _query: Json, _body: Json, _survey_id: str, picture_id: str) -> Any:
        return 200, {"id": picture_id, "mediaType": "image/png", "content": PIXEL}


def operations(fake: Any) -> list[tuple[str, str, Callable[..., Any]]]:
    own, its = Answering(fake), f"v1/surveys/{_ONE}"
    return [
        (f"v1/processes/{_ONE}/surveys", "POST", own.draft),
        (its, "PUT", own.revise),
        (f"{its}/publication", "POST", own.turn("published")),
        (f"{its}/closing", "POST", own.turn("closed")),
        (f"{its}/preview", "POST", own.preview),
        (f"{its}/pictures/{_ONE}", "GET", own.picture),
        (f"{its}/my-response", "POST", own.start),
        (f"{its}/my-response", "GET", own.mine),
        (f"{its}/my-response", "DELETE", own.withdraw),
        (f"{its}/my-response/pages/{_PAGE}", "GET", own.page),
        (f"{its}/my-response/pages/{_PAGE}", "PUT", own.save),
        (f"{its}/my-response/submission", "POST", own.submit),
    ]


def furnish(world: Any) -> None:
    fake = world.fake
    fake.__dict__.setdefault("surveys", {})
    fake.__dict__.setdefault("responses", {})
    travel = fake.add_process(slug="travel", phases=[make.phase(-5, 11, "response")])
    open_one, answered = survey(travel), survey(travel)
    gap = {"pointer": "/definition/pages/0/questions", "detail": "holds no question"}
    drafted = survey(travel, state="draft", revision=0, gaps=[gap])
    fake.surveys |= {each["id"]: each for each in (open_one, answered, drafted)}
    order, district = ["paths", "trees", "benches"], {"district": "north"}
    answers: Json = {
        "rides": "yes",
        "why": "It is fast.",
        "some": ["red", "blue"],
        "order": order,
        "district": district,
    }
    answers |= {"grid": {"street": "good"}, "mood": 4, "amount": 2.5, "agree": True}
    fake.responses |= {
        open_one["id"]: response(open_one, answers=answers),
        answered["id"]: response(answered, state="submitted", status="counted", unsent=False, answers=answers),
    }
    world.travel, world.survey, world.answered, world.drafted = (
        travel["id"],
        open_one["id"],
        answered["id"],
        drafted["id"],
    )


PAGES: dict[str, Callable[[Any], str]] = {
    "surveys": lambda w: "/processes/travel/surveys",
    "survey": lambda w: f"/surveys/{w.survey}",
    "survey page": lambda w: f"/surveys/{w.survey}/pages/riding",
    "every type of question": lambda w: f"/surveys/{w.survey}/pages/every",
    "survey check": lambda w: f"/surveys/{w.survey}/check",
    "survey saved": lambda w: f"/surveys/{w.survey}/later",
}
PAGES_BEHIND_SIGN_IN: dict[str, Callable[[Any], str]] = {
    "survey answered": lambda w: f"/surveys/{w.answered}",
    "surveys to write": lambda w: f"/work/processes/{w.travel}/surveys",
    "survey to write": lambda w: f"/work/surveys/{w.drafted}",
    "survey published": lambda w: f"/work/surveys/{w.survey}",
    "survey texts": lambda w: f"/work/surveys/{w.drafted}/texts",
    "survey page to write": lambda w: f"/work/surveys/{w.drafted}/pages/every",
    "survey question to choose": lambda w: f"/work/surveys/{w.drafted}/pages/riding/questions/new",
    "survey question to write": lambda w: f"/work/surveys/{w.drafted}/pages/every/questions/grid",
    "survey preview": lambda w: f"/work/surveys/{w.drafted}/preview",
}
