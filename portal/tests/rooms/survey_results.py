"""Results of surveys."""

from collections.abc import Callable, Mapping
from typing import Any

from .. import make

Json = dict[str, Any]
_WEIGHT = 0.9


def share(count: float, of: float) -> Json:
    return {"count": count, "share": count / of, "low": max(count / of - 0.05, 0), "high": min(count / of + 0.05, 1)}


def answers(counts: Mapping[str, int | None]) -> list[Json]:
    """None is withheld."""
    of = sum(count or 0 for count in counts.values()) or 1
    told = {code: {} if count is None else share(count, of) for code, count in counts.items()}
    return [{"code": code} | ({"unweighted": its, "weighted": its} if its else {}) for code, its in told.items()]


def distribution(variable: str, counts: Mapping[str, int | None] | None = None, **changes: Any) -> Json:
    answered = sum(count or 0 for count in (counts or {"": 120}).values())
    standard = {"answered": answered, "missing": 4, "skipped": 2, "weight": answered * _WEIGHT, "effective": 96.4}
    told = {"withheld": None in (counts or {}).values(), "answers": answers(counts or {}), "histogram": []}
    return {"variable": variable} | standard | told | changes


def summary(mean: float, **changes: Any) -> Json:
    return {"mean": mean, "median": mean, "deviation": 1.2, "low": mean - 0.2, "high": mean + 0.2} | changes


def definition() -> Json:
    def options(*names: str) -> list[Json]:
        return [{"code": name.lower(), "text": make.words(name)} for name in names]

    def question(name: str, kind: str, asks: str, **values: Any) -> Json:
        return {"id": name, "type": kind, "text": make.words(asks)} | values

    questions = [
        question("trees", "single", "Do we need more trees?", options=options("More", "Same", "Fewer")),
        question("places", "multiple", "Where?", options=options("River", "Square")),
        question("mood", "scale", "How do you like the square?", min=1, max=5, low=make.words("Not at all"),
                 high=make.words("Very much")),
        question("recommend", "nps", "Would you recommend it?"),
        question("walks", "csat", "Are you content with the paths?"),
        question("age", "number", "How old are you?", unit=make.words("years")),
        question("order", "ranking", "What comes first?", options=options("Trees", "Benches")),
        question("grid", "matrix_single", "How good is…", rows=options("Bus", "Tram"), options=options("Good", "Bad")),
        question("why", "long_text", "Why?"),
        question("dog", "yes_no", "Do you have a dog?"),
        question("agree", "consent", "May we publish it?"),
    ]  # fmt: skip
    return {"pages": [{"id": "one", "title": make.words("Your square"), "questions": questions[:6]},
                      {"id": "two", "questions": questions[6:]}]}  # fmt: skip


def survey(process: Json, **changes: Any) -> Json:
    return {
        "id": make.new_id(),
        "processId": process["id"],
        "title": make.words("Trees in our streets", "Arbres als carrers", "الأشجار في شوارعنا"),
        "definition": definition(),
        "settings": {"hideResults": False},
        "state": "published",
        "revision": 1,
        "version": 2,
        "minutes": 4,
        "createdAt": make.instant(days=-9),
    } | changes


def results(of: Json, audience: str, *, weighted: bool = True, **changes: Any) -> Json:
    scale = dict.fromkeys(map(str, range(11)), 10)
    bars = [{"low": low, "high": low + 20, "unweighted": share(30, 120), "weighted": share(28, 110)}
            for low in (20, 40, 60)]  # fmt: skip
    means = {"summary": summary(3.4), "weightedSummary": summary(3.6)}
    places = {"summary": summary(1.3, borda=70), "weightedSummary": summary(1.4, borda=66)}
    questions: list[tuple[str, str, list[Json], Json]] = [
        ("trees", "single", [distribution("trees", {"more": 80, "same": 25, "fewer": 12})], {}),
        ("places", "multiple", [distribution("places", {"river": 80, "square": None})], {}),
        ("mood", "scale", [distribution("mood", {"1": 10, "2": 0, "3": 20, "4": 40, "5": 50}, **means)], {}),
        ("recommend", "nps", [distribution("recommend", scale, **means)],
         {"score": {"kind": "nps", "value": -12.5, "weighted": -10.1}}),
        ("walks", "csat", [distribution("walks", {"1": 10, "2": 10, "3": 10, "4": 30, "5": 30}, **means)],
         {"score": {"kind": "csat", "value": 66.7, "weighted": 64.2}}),
        ("age", "number", [distribution("age", histogram=bars, **means)], {}),
        ("order", "ranking", [distribution("order.trees", {"1": 70, "2": 30}, part="trees", **places),
                              distribution("order.benches", {"1": 30, "2": None}, part="benches")], {}),
        ("grid", "matrix_single", [distribution("grid.bus", {"good": 70, "bad": 30}, part="bus"),
                                   distribution("grid.tram", {"good": None, "bad": None}, part="tram")], {}),
        ("why", "long_text", [distribution("why")], {"terms": [{"term": "shade", "n": 31}, {"term": "الظل", "n": 12}]}),
        ("dog", "yes_no", [distribution("dog", {"yes": 50, "no": 60})], {}),
        ("agree", "consent", [distribution("agree")], {}),
    ]  # fmt: skip
    return {
        "surveyId": of["id"],
        "audience": audience,
        "foldedAt": make.instant(),
        "responses": 124,
        "waiting": 3,
        "weight": 111.6,
        "effective": 96.4,
        "weighted": weighted,
        "crossable": ["@profile.age", "@channel", "@step", "trees", "mood", "grid.bus", "dog"],
        "attributes": [distribution("@channel", {"web": 100, "paper": 24}), distribution("@step", {"3": 124})],
        "questions": [
            {"id": name, "type": kind, "distributions": its, "terms": []} | more for name, kind, its, more in questions
        ],
    } | changes


def cross_table(of: Json, first: str, second: str, audience: str) -> Json:
    def line(codes: list[str], n: int) -> Json:
        return {"codes": codes, "n": n, "weight": n * _WEIGHT, "effective": n * 0.8}

    cell = {"n": 40, "share": 0.8, "weight": 36.0, "weightedShare": 0.78}
    found = {"chiSquared": 12.345, "degrees": 1, "p": 0.0004, "cramersV": 0.32, "reliable": audience == "public"}
    return {
        "surveyId": of["id"],
        "audience": audience,
        "first": first,
        "second": second,
        "answered": 100,
        "rows": [line(["more"], 52), line(["same", "fewer"], 48)],
        "columns": [line(["yes"], 50), line(["no"], 50)],
        "cells": [[cell, cell | {"share": 0.02, "weightedShare": 0.03}], [None, None]],
        "association": found,
        "weightedAssociation": found | {"cramersV": 0.28},
    }


def operations(fake: Any) -> list[tuple[str, str, Callable[..., Any]]]:
    """`fake.surveys` is `{id: survey}`; `fake.survey_results` changes what every survey came to."""
    fake.__dict__.setdefault("surveys", {})
    more: Json = fake.__dict__.setdefault("survey_results", {})

    def one(_query: Json, _body: Any, survey_id: str) -> Any:
        return 200, fake.surveys[survey_id]

    def listed(_query: Json, _body: Any, process_id: str) -> Any:
        found = [each for each in fake.surveys.values() if each["processId"] == process_id]
        return 200, {"items": [{k: v for k, v in each.items() if k != "definition"} for each in found], "next": None}

    def came_to(query: Json, _body: Any, survey_id: str) -> Any:
        return 200, results(fake.surveys[survey_id], query["audience"], **more)

    def crossed(query: Json, _body: Any, survey_id: str) -> Any:
        return 200, cross_table(fake.surveys[survey_id], query["first"], query["second"], query["audience"])

    its = "([0-9a-f-]{36})"
    return [
        (f"v1/processes/{its}/surveys", "GET", listed),
        (f"v1/surveys/{its}", "GET", one),
        (f"v1/surveys/{its}/results", "GET", came_to),
        (f"v1/surveys/{its}/results/cross-table", "GET", crossed),
        (f"v1/surveys/{its}/recount", "POST", lambda query, body, survey_id: (202, None)),
    ]


def furnish(world: Any) -> None:
    made = survey(world.process)
    world.resulting = made["id"]
    hidden = survey(world.process, settings={"hideResults": True})
    world.fake.__dict__.setdefault("surveys", {}).update({made["id"]: made, hidden["id"]: hidden})


PAGES: dict[str, Callable[[Any], str]] = {
    "surveys with results": lambda w: "/processes/safe-streets/survey-results",
    "survey results": lambda w: f"/surveys/{w.resulting}/results",
    "cross table": lambda w: f"/surveys/{w.resulting}/results/cross-table?first=trees&second=dog",
    "cross table to choose": lambda w: f"/surveys/{w.resulting}/results/cross-table",
}
PAGES_BEHIND_SIGN_IN: dict[str, Callable[[Any], str]] = {
    "survey results for officials": lambda w: f"/surveys/{w.resulting}/results?view=official",
    "cross table for officials": lambda w: (
        f"/surveys/{w.resulting}/results/cross-table?view=official&first=trees&second=dog"
    ),
}
