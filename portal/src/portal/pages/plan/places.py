"""Where an answer of a form stands in a draft on the wire."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

Draft = dict[str, Any]  # a JSON object, as the contract's ProcessDraft
Path = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Place:
    """`show` makes what a field holds of what the draft holds; `take` makes the draft's value, or None for nothing, of
    the answer and of what stood there."""

    path: Path
    show: Callable[[Any, str], Any]
    take: Callable[[Any, Any, str], Any]


def words(*path: str) -> Place:
    """A text in the plan's first language; its translations stay."""

    def take(answer: str, before: Mapping[str, str] | None, language: str) -> Any:
        rest = {tag: text for tag, text in (before or {}).items() if tag != language}
        return {language: answer} | rest if answer else None

    return Place(path, lambda held, language: (held or {}).get(language, ""), take)


def line(*path: str) -> Place:
    """A text without a language."""
    return Place(path, lambda held, _: held or "", lambda answer, *_: answer or None)


def choice(default: str, *path: str) -> Place:
    """One of some codes; what nobody chose is the default."""
    return Place(path, lambda held, _: held or default, lambda answer, *_: answer or None)


def number(*path: str) -> Place:
    """A whole number, which the form has checked."""
    return Place(path, lambda held, _: "" if held is None else str(held), lambda answer, *_: _whole(answer))


def yes(*path: str) -> Place:
    return Place(path, lambda held, _: bool(held), lambda answer, *_: bool(answer))


def lines(*path: str) -> Place:
    """Texts, one a line; a line that stays as it was keeps its translations."""

    def take(answer: str, before: list[Mapping[str, str]] | None, language: str) -> Any:
        known = {each.get(language): each for each in before or ()}
        return [known.get(each) or {language: each} for each in split(answer)]

    def show(held: list[Mapping[str, str]] | None, language: str) -> str:
        return "\n".join(each.get(language) or next(iter(each.values())) for each in held or ())

    return Place(path, show, take)


def codes(*path: str) -> Place:
    """Language tags, parted by commas or spaces."""
    return Place(path, lambda held, _: ", ".join(held or ()), lambda answer, *_: split(answer.replace(",", "\n")))


def budget(*path: str) -> Place:
    """`12000 EUR`, which the form has checked."""

    def take(answer: str, *_: object) -> Any:
        amount, _space, currency = (answer or "").rpartition(" ")
        return {"amount": int(amount.replace(" ", "")), "currency": currency.upper()} if answer else None

    return Place(path, lambda held, _: f"{held['amount']} {held['currency']}" if held else "", take)


def held(places: Mapping[str, Place], draft: Draft) -> dict[str, Any]:
    """What the fields of a form begin with."""
    language = draft["languages"][0]
    return {name: place.show(_at(draft, place.path), language) for name, place in places.items()}


def put(places: Mapping[str, Place], answers: Mapping[str, Any], draft: Draft) -> None:
    """Write a form's answers into a draft."""
    language = draft["languages"][0]
    for name, place in places.items():
        parent = draft
        for part in place.path[:-1]:
            parent = parent.setdefault(part, {})
        value = place.take(answers[name], parent.get(place.path[-1]), language)
        parent.pop(place.path[-1], None)
        if value is not None:
            parent[place.path[-1]] = value


def split(text: str) -> list[str]:
    """Lines that say something."""
    return [each.strip() for each in (text or "").splitlines() if each.strip()]


def _at(draft: Draft, path: Path) -> Any:
    found: Any = draft
    for part in path:
        found = (found or {}).get(part)
    return found


def _whole(answer: str) -> int | None:
    return int(answer) if answer else None
