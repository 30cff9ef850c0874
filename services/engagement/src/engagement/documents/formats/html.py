"""HTML: its words alone. What is no text (scripts, styles, forms' fields) is passed over; nothing is loaded."""

from html.parser import HTMLParser

from engagement.documents.formats import plain
from engagement.documents.text import BlockKind, Piece

_HEADINGS = {f"h{level}": level for level in range(1, 7)}
_BLOCKS = frozenset(
    {*_HEADINGS, "p", "div", "section", "article", "main", "header", "footer", "aside", "blockquote", "pre", "li"}
    | {"ul", "ol", "dl", "dt", "dd", "figure", "figcaption", "address", "body", "hr", "table"}
)
_LISTS = ("ul", "ol")
_PASSED_OVER = frozenset({"script", "style", "head", "template", "noscript", "svg", "math", "select", "textarea"})


def read(source: str) -> list[Piece]:
    """In reading order."""
    reader = _Reader()
    reader.feed(source)
    reader.close()
    reader.flush()
    return reader.pieces


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.pieces: list[Piece] = []
        self._words: list[str] = []
        self._kind = BlockKind.PARA
        self._level = 0
        self._passing = 0  # elements that are passed over and still open
        self._lists = 0  # open ones
        self._rows: list[list[str]] | None = None  # of the table that is open

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _PASSED_OVER:
            self._passing += 1
        elif self._rows is not None:
            self._in_table(tag)
        elif tag in _BLOCKS:
            self.flush()
            self._lists += tag in _LISTS
            self._kind = BlockKind.HEADING if tag in _HEADINGS else self._default()
            self._level = _HEADINGS.get(tag, 0)
            self._rows = [] if tag == "table" else None
        elif tag == "br":
            self._words.append(" ")

    def handle_endtag(self, tag: str) -> None:
        if tag in _PASSED_OVER:
            self._passing = max(0, self._passing - 1)
        elif tag == "table" and self._rows is not None:
            self._put(plain.table(self._rows))
            self._rows = None
        elif tag in _BLOCKS and self._rows is None:
            self.flush()
            self._lists = max(0, self._lists - (tag in _LISTS))
            self._kind, self._level = self._default(), 0

    def handle_data(self, data: str) -> None:
        if self._passing:
            return
        if self._rows is None:
            self._words.append(data)
        elif self._rows and self._rows[-1]:
            self._rows[-1][-1] += data

    def flush(self) -> None:
        """End the piece at hand."""
        if self._rows is not None:
            self._put(plain.table(self._rows))
            self._rows = None
        self._put(plain.piece(self._kind, "".join(self._words), self._level))
        self._words = []

    def _in_table(self, tag: str) -> None:
        assert self._rows is not None  # noqa: S101 - the caller has just looked
        if tag == "tr":
            self._rows.append([])
        elif tag in ("td", "th") and self._rows:
            self._rows[-1].append("")

    def _default(self) -> BlockKind:
        return BlockKind.LIST_ITEM if self._lists else BlockKind.PARA

    def _put(self, found: Piece | None) -> None:
        if found is not None:
            self.pieces.append(found)
