"""What a proposal says: its words, where it is, what it may cost, its pictures, and under which name."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any
from uuid import UUID

from chassis.errors import Invalid
from engagement.contributions import Excess, OutsideLimits
from engagement.processes.model import Limits, Process, Text


class UnknownCategory(Invalid):
    """A process with categories takes one of them."""


class Display(StrEnum):
    """The name that stands beside a proposal."""

    NAME = "name"
    PSEUDONYM = "pseudonym"
    ANONYMOUS = "anonymous"


@dataclass(frozen=True, slots=True)
class Place:
    """Where it would be, in words and perhaps as a point (WGS 84); without one it is about the whole area."""

    name: str
    latitude: float | None = None
    longitude: float | None = None


@dataclass(frozen=True, slots=True)
class Cost:
    """`amount` in whole units of the currency (ISO 4217); `estimated_by` is None for the author herself."""

    amount: int
    currency: str
    estimated_by: str | None = None


@dataclass(frozen=True, slots=True)
class Picture:
    """`alt` says in words what it shows; width and height are those of the large one, in pixels."""

    id: UUID
    alt: Text
    width: int
    height: int


@dataclass(frozen=True, slots=True)
class Content:
    """What a proposal says."""

    title: Text
    summary: Text | None = None
    body: Text | None = None
    category: str | None = None
    tags: tuple[str, ...] = ()
    place: Place | None = None
    cost: Cost | None = None

    def words(self) -> Mapping[str, Text | None]:
        """What is compared word by word."""
        return {"title": self.title, "summary": self.summary, "body": self.body}

    def kept(self) -> dict[str, Any]:
        """As JSON, whole: a text as it stood."""
        place, cost = self.place, self.cost
        return {
            **self.words(),
            "category": self.category,
            "tags": list(self.tags),
            "place": [place.name, place.latitude, place.longitude] if place else None,
            "cost": [cost.amount, cost.currency, cost.estimated_by] if cost else None,
        }

    def excesses(self, limits: Limits, categories: list[dict[str, object]]) -> list[Excess]:
        """Every limit that it breaks, in each language."""
        measured = [("titleMin", limits.title_min, min(map(len, self.title.values())))]
        found = [Excess(*each) for each in measured if each[2] < each[1]]
        for limit, allowed, text in (
            ("titleMax", limits.title_max, self.title),
            ("summaryMax", limits.summary_max, self.summary),
            ("bodyMax", limits.body_max, self.body),
        ):
            longest = max(map(len, text.values())) if text else 0
            if longest > allowed:
                found.append(Excess(limit, allowed, longest))
        if categories and self.category not in [each["code"] for each in categories]:
            found.append(Excess("category", 1, 0))
        return found

    def within(self, process: Process) -> "Content":
        """The same content. Raises OutsideLimits, UnknownCategory."""
        excesses = self.excesses(process.limits, process.categories)
        if any(each.limit == "category" for each in excesses):
            raise UnknownCategory("Choose one of the categories.", [("/category", "is not one of the process's")])
        if excesses:
            errors = [(f"/{each.limit[:-3]}", f"{each.actual} characters; limit {each.allowed}") for each in excesses]
            raise OutsideLimits("The text is shorter or longer than this process allows.", errors)
        return self

    def searchable(self) -> str:
        """Title and summary in all languages, folded for looking words up."""
        return " ".join([*self.title.values(), *(self.summary or {}).values()]).casefold()
