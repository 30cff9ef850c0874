"""Changes of a definition, each giving another one. Pages and questions are found by their ids."""

import copy
from collections.abc import Iterator

from portal.peers.wire import Json


def empty() -> Json:
    """One page that asks nothing yet."""
    return {"pages": [{"id": "page_1", "questions": []}]}


def questions(definition: Json) -> Iterator[Json]:
    return (question for page in definition["pages"] for question in page["questions"])


def page(definition: Json, page_id: str) -> Json | None:
    return next((each for each in definition["pages"] if each["id"] == page_id), None)


def question(definition: Json, name: str) -> Json | None:
    return next((each for each in questions(definition) if each["id"] == name), None)


def before(definition: Json, page_id: str, name: str | None) -> list[Json]:
    """Questions that are asked before this one, or before the end of the page when it is None."""
    found: list[Json] = []
    for each in definition["pages"]:
        for asked in each["questions"]:
            if asked["id"] == name:
                return found
            found.append(asked)
        if each["id"] == page_id:
            break
    return found


def with_page(definition: Json) -> Json:
    """With an empty page at the end."""
    changed = copy.deepcopy(definition)
    changed["pages"].append({"id": _free("page", {each["id"] for each in changed["pages"]}), "questions": []})
    return changed


def with_question(definition: Json, page_id: str, asked: Json) -> Json:
    """With this question in the place of the one of its id, else at the end of the page."""
    changed = copy.deepcopy(definition)
    for each in changed["pages"]:
        names = [held["id"] for held in each["questions"]]
        if asked["id"] in names:
            each["questions"][names.index(asked["id"])] = asked
            return changed
    holder = page(changed, page_id)
    if holder is not None:
        holder["questions"].append(asked)
    return changed


def new_name(definition: Json) -> str:
    """An id that no question has."""
    return _free("question", {each["id"] for each in questions(definition)})


def removed(definition: Json, name: str) -> Json:
    """Without the page or question of this id; the last page stays."""
    changed = copy.deepcopy(definition)
    pages = [each for each in changed["pages"] if each["id"] != name]
    changed["pages"] = pages or changed["pages"]
    for each in changed["pages"]:
        each["questions"] = [held for held in each["questions"] if held["id"] != name]
    return changed


def moved(definition: Json, name: str, direction: str) -> Json:
    """With the page or question of this id a place up or down; a question goes on to the neighbouring page."""
    changed = copy.deepcopy(definition)
    step = -1 if direction == "up" else 1
    pages = changed["pages"]
    for place, each in enumerate(pages):
        if each["id"] == name:
            _swap(pages, place, place + step)
            return changed
        names = [held["id"] for held in each["questions"]]
        if name not in names:
            continue
        at = names.index(name)
        if 0 <= at + step < len(names):
            _swap(each["questions"], at, at + step)
        elif 0 <= place + step < len(pages):
            beside = pages[place + step]["questions"]
            beside.insert(0 if step > 0 else len(beside), each["questions"].pop(at))
        return changed
    return changed


def _swap(items: list[Json], one: int, other: int) -> None:
    if 0 <= other < len(items):
        items[one], items[other] = items[other], items[one]


def _free(stem: str, taken: set[str]) -> str:
    return next(name for number in range(1, len(taken) + 2) if (name := f"{stem}_{number}") not in taken)
