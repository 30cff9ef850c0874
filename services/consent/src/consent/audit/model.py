"""What an object's row says beside its revisions, and whether the two agree. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from consent.revisions.model import Broken, Content, Kind


@dataclass(frozen=True, slots=True)
class State:
    """An object as its row has it. `content` is what its latest revision says, None when there is no such revision;
    `later`: there is a revision after the one that the row names."""

    kind: Kind
    object_id: str
    number: int
    says: Mapping[str, Any]
    content: Content | None
    later: bool


@dataclass(frozen=True, slots=True)
class Finding:
    """What the check found; `broken` is None when everything holds."""

    revisions: int
    rows: int
    broken: Broken | None


def flaw(state: State) -> Broken | None:
    """Why a row does not agree with its revisions; None when it does."""
    where = f"{state.kind} {state.object_id} {state.number}"
    if state.content is None:
        return Broken(where, "the revision is missing")
    if state.later:
        return Broken(where, "a later revision is left out")
    if any(_said(state.content, path) != value for path, value in state.says.items()):
        return Broken(where, "the row does not say what the revision says")
    return None


def _said(content: Content, path: str) -> Any:
    """The value at a dotted path; False where there is none."""
    value: Any = content
    for name in path.split("."):
        value = value.get(name, False)
    return value
