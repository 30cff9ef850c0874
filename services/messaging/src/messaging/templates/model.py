"""Choosing a language and putting values into a text. Pure, apart from reading the package's own files."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from string import Template

FALLBACK = "en"
_TEXTS = files(__package__) / "texts"
_VALUES = {  # what a text may mention, and nothing else
    "feedback": frozenset({"name", "link"}),
    "digest": frozenset({"name", "items"}),
}


class UnknownTemplate(LookupError):
    """There is no text of this name."""


@dataclass(frozen=True, slots=True)
class Item:
    """One entry of a list: `{kind: how many}` and where to read more. Kinds without a count are left out."""

    counts: Mapping[str, int]
    link: str


@dataclass(frozen=True, slots=True)
class Text:
    """A rendered notice, and the language that it came out in."""

    subject: str
    body: str
    language: str


@dataclass(frozen=True, slots=True)
class _Source:
    headers: Mapping[str, str]  # Subject; Unnamed, for a person without a name; a line a kind of item
    body: str


def names() -> list[str]:
    """All templates, sorted."""
    return sorted(_VALUES)


def languages(template: str) -> list[str]:
    """Languages that the template exists in, sorted. Raises UnknownTemplate."""
    return list(_sources(template))


def render(template: str, wanted: Sequence[str | None], values: Mapping[str, str], items: Sequence[Item] = ()) -> Text:
    """In the first wanted language that we have, or English. Values are plain text, and only those that the template
    may mention reach it. An empty `name` becomes a neutral word. Raises UnknownTemplate."""
    sources = _sources(template)
    language = next((found for each in wanted if (found := _match(each, sources))), FALLBACK)
    source = sources[language]
    given = {**values, "items": "\n\n".join(_item(source, each) for each in items)}
    given["name"] = given.get("name") or source.headers["Unnamed"]
    known = {name: given.get(name, "") for name in _VALUES[template]}
    return Text(source.headers["Subject"], Template(source.body).substitute(known), language)


def _item(source: _Source, item: Item) -> str:
    lines = [
        Template(source.headers[kind.capitalize()]).substitute(count=count)
        for kind, count in item.counts.items()
        if count
    ]
    return "\n".join([*lines, item.link])


def _match(wanted: str | None, sources: Mapping[str, _Source]) -> str | None:
    """`ca-ES` finds `ca`."""
    primary = (wanted or "").lower().partition("-")[0]
    return primary if primary in sources else None


@cache
def _sources(template: str) -> dict[str, _Source]:
    if template not in _VALUES:
        raise UnknownTemplate(template)
    found = sorted((_TEXTS / template).iterdir(), key=lambda path: path.name)
    return {path.name.removesuffix(".txt"): _parsed(path.read_text("utf-8")) for path in found}


def _parsed(text: str) -> _Source:
    head, _, body = text.partition("\n\n")
    return _Source(dict(line.split(": ", 1) for line in head.splitlines()), body)
