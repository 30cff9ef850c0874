"""Which operation answers a method and an address: a tree of segments, concrete before templated."""

from typing import Generic, TypeVar

T = TypeVar("T")
_TEMPLATED = "{}"


class Routes(Generic[T]):
    """What stands at each `(method, template)`."""

    def __init__(self) -> None:
        self._trees: dict[str, _Node[T]] = {}

    def add(self, method: str, template: str, found: T) -> None:
        """`/v1/notes/{noteId}`; a segment is concrete or a parameter, not both."""
        node = self._trees.setdefault(method, _Node())
        names = []
        for part in template.split("/"):
            if part.startswith("{"):
                names.append(part[1:-1])
            node = node.children.setdefault(_TEMPLATED if part.startswith("{") else part, _Node())
        node.found, node.names = found, tuple(names)

    def find(self, method: str, path: str) -> tuple[T, dict[str, str]] | None:
        """What stands there, and the parameters by name; a parameter is never empty."""
        tree = self._trees.get(method)
        if tree is None or "{}" in path:
            return None
        values: list[str] = []
        node = tree.under(path.split("/"), 0, values)
        return None if node is None or node.found is None else (node.found, dict(zip(node.names, values, strict=True)))


class _Node(Generic[T]):
    def __init__(self) -> None:
        self.children: dict[str, _Node[T]] = {}
        self.found: T | None = None
        self.names: tuple[str, ...] = ()

    def under(self, parts: list[str], at: int, values: list[str]) -> "_Node[T] | None":
        if at == len(parts):
            return self if self.found is not None else None
        part = parts[at]
        if (child := self.children.get(part)) and (node := child.under(parts, at + 1, values)):
            return node
        if part and (child := self.children.get(_TEMPLATED)):
            values.append(part)
            if node := child.under(parts, at + 1, values):
                return node
            values.pop()
        return None
