"""A data set of real participation, and what it must come to, counted from its files alone.

Two files of JSON lines: `<name>-proposals.jsonl` (id, title, summary, created, category, source, from_meeting, author,
supports, status, rejection_reason) and `<name>-comments.jsonl` (id, proposal, parent, alignment, author, body).
"""

import json
import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any

MEETING = "meeting"
_ACCEPTED, _REJECTED = "accepted", "rejected"


class BadData(ValueError):
    """The folder does not hold one data set of this form."""


@dataclass(frozen=True)
class Proposal:
    """A proposal as it was made in its day; `author` is None for a meeting's."""

    id: int
    title: str
    summary: str
    category: str
    meeting: str | None
    author: str | None
    supports: int
    accepted: bool
    rejection_reason: str | None


@dataclass(frozen=True)
class Comment:
    """A comment; `position` is in_favour, neutral, against or None, `depth` 0 for a root."""

    id: int
    proposal: int
    parent: int | None
    position: str | None
    author: str
    body: str
    depth: int


@dataclass(frozen=True)
class Dataset:
    """All of it. Comments are in the order in which they were made, so that parents come first."""

    name: str
    year: str
    language: str
    proposals: tuple[Proposal, ...]
    comments: tuple[Comment, ...]

    @property
    def slug(self) -> str:
        return f"{self.name}-{self.year}"

    @cached_property
    def contributors(self) -> tuple[str, ...]:
        """Distinct authors of proposals and comments, in the order in which they first appear."""
        authors = [p.author for p in self.proposals if p.author] + [c.author for c in self.comments]
        return tuple(dict.fromkeys(authors))

    @cached_property
    def accounts(self) -> tuple[str, ...]:
        """Contributors, and as many others as the most supported proposal needs."""
        most = max((p.supports for p in self.proposals), default=0)
        others = (f"supporter-{number}" for number in range(most - len(self.contributors)))
        return (*self.contributors, *others)

    @cached_property
    def categories(self) -> dict[str, str]:
        """`{code: name}` in the order of the data."""
        return {code(p.category): p.category for p in self.proposals}


def read(folder: Path) -> Dataset:
    """The data set in the folder. Raises BadData."""
    found = sorted(folder.glob("*-proposals.jsonl"))
    if len(found) != 1:
        raise BadData(f"{folder} holds {len(found)} files *-proposals.jsonl; one is needed")
    name = found[0].name.removesuffix("-proposals.jsonl")
    rows = _lines(found[0])
    comments = _lines(folder / f"{name}-comments.jsonl")
    try:
        return Dataset(
            name=code(name),
            year=min(row["created"] for row in rows)[:4],
            language=rows[0].get("language", "ca"),
            proposals=tuple(_proposal(row) for row in rows),
            comments=_comments(comments),
        )
    except (KeyError, ValueError) as error:
        raise BadData(f"{folder}: {error!r}") from error


def expected(data: Dataset) -> dict[str, Any]:
    """The figures that the data must come to, by the rules of the product, counted without it."""
    rejected = [p for p in data.proposals if not p.accepted]
    positions = Counter(c.position or "none" for c in data.comments)
    return {
        "submitted": len(data.proposals),
        "from_meetings": sum(p.author is None for p in data.proposals),
        "accepted": len(data.proposals) - len(rejected),
        "rejected": len(rejected),
        "with_reason": sum(bool(p.rejection_reason) for p in rejected),
        "comments": len(data.comments),
        "positions": {each: positions[each] for each in ("in_favour", "neutral", "against", "none")},
        "endorsements": sum(p.supports for p in data.proposals),
        "contributors": len(data.contributors),
        "notices": len(data.contributors),
        "exceptions": sum(breaks_a_limit(p) for p in data.proposals) + sum(breaks_a_limit(c) for c in data.comments),
    }


def breaks_a_limit(of: Proposal | Comment) -> bool:
    """Whether a text is outside the limits that a process has by default, so that only an import keeps it."""
    if isinstance(of, Comment):
        return len(of.body) > 1000 or of.depth > 3
    return not 10 <= len(of.title) <= 120 or len(of.summary) > 280


def code(name: str) -> str:
    """`Transició ecològica` → `transicio-ecologica`."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().lower()
    return re.sub(r"[^a-z0-9]+", "-", plain).strip("-")


def _lines(path: Path) -> list[dict[str, Any]]:
    if not path.is_file():
        raise BadData(f"{path} is missing")
    with path.open(encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def _proposal(row: dict[str, Any]) -> Proposal:
    if row["status"] not in (_ACCEPTED, _REJECTED):
        raise ValueError(f"proposal {row['id']} has the status {row['status']}")
    meeting = row["from_meeting"]
    return Proposal(
        id=row["id"],
        title=row["title"],
        summary=row["summary"],
        category=row["category"],
        meeting=(meeting if isinstance(meeting, str) else "Trobada presencial")[:120] if meeting else None,
        author=None if row["source"] == MEETING else row["author"],
        supports=row["supports"],
        accepted=row["status"] == _ACCEPTED,
        rejection_reason=row["rejection_reason"],
    )


def _comments(rows: list[dict[str, Any]]) -> tuple[Comment, ...]:
    depths: dict[int, int] = {}
    comments = []
    for row in sorted(rows, key=lambda each: each["id"]):
        depths[row["id"]] = depths[row["parent"]] + 1 if row["parent"] else 0
        comments.append(
            Comment(
                id=row["id"],
                proposal=row["proposal"],
                parent=row["parent"],
                position=row["alignment"],
                author=row["author"],
                body=row["body"],
                depth=depths[row["id"]],
            )
        )
    return tuple(comments)
