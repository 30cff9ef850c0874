"""DOCX (ISO/IEC 29500) and ODT (ISO/IEC 26300): ZIP files with XML in them.

A file that unpacks to more than a text needs is refused before it is unpacked, and one with a document type declaration
before an entity of it can be used: neither format has any.
"""

import re
import zlib
from collections.abc import Callable, Iterator
from io import BytesIO
from xml.parsers import expat
from zipfile import BadZipFile, ZipFile

from engagement.documents.formats import plain
from engagement.documents.formats.plain import UnreadableText
from engagement.documents.text import BlockKind, Piece

_MOST_UNPACKED_BYTES = 20_000_000
_MOST_DEPTH = 200
_WORD = "http://schemas.openxmlformats.org/wordprocessingml/2006/main "
_STRICT_WORD = "http://purl.oclc.org/ooxml/wordprocessingml/main "
_ODF = "urn:oasis:names:tc:opendocument:xmlns:"
_HEADING = re.compile(r"(?:heading|t[íi]tol|t[íi]tulo|überschrift|titre|titolo|عنوان)\s*([1-6])", re.IGNORECASE)
Attributes = dict[str, str]
Node = tuple[str, Attributes, bool]  # name, attributes, whether it begins; words have the name ""


def read_docx(content: bytes) -> list[Piece]:
    """In reading order; what tracked changes deleted is left out. Raises UnreadableText."""
    parts = _unpacked(content, "word/document.xml", "word/styles.xml")
    levels = dict(_heading_styles(parts.get("word/styles.xml", b"")))
    return _Docx(levels).read(parts["word/document.xml"])


def read_odt(content: bytes) -> list[Piece]:
    """In reading order; notes and what tracked changes deleted are left out. Raises UnreadableText."""
    return _Odt().read(_unpacked(content, "content.xml")["content.xml"])


def _unpacked(content: bytes, needed: str, *more: str) -> dict[str, bytes]:
    """Parts by name. Sizes that the file itself claims are not believed: reading stops at the limit."""
    try:
        with ZipFile(BytesIO(content)) as packed:
            names = [name for name in (needed, *more) if name in packed.namelist()]
            parts, left = {}, _MOST_UNPACKED_BYTES
            for name in names:
                with packed.open(name) as part:
                    parts[name] = part.read(left + 1)
                left -= len(parts[name])
                if left < 0:
                    raise UnreadableText("The file unpacks to more than a text needs.")
    except (BadZipFile, zlib.error, NotImplementedError, RuntimeError, EOFError, OSError, ValueError):
        raise UnreadableText("This is no file of that format.") from None
    if needed not in parts:
        raise UnreadableText("This is no file of that format.")
    return parts


def _walk(source: bytes, tell: Callable[[str, Attributes, bool], None]) -> None:
    """`tell(name, attributes, begins)` of each element, `tell("", {"": words}, True)` of words. Raises
    UnreadableText."""
    reader = expat.ParserCreate(namespace_separator=" ")
    depth = 0

    def refuse(*_: object) -> None:
        raise UnreadableText("The file declares a document type, which no text needs.")

    def begin(name: str, attributes: Attributes) -> None:
        nonlocal depth
        depth += 1
        if depth > _MOST_DEPTH:
            raise UnreadableText("The file nests deeper than a text needs.")
        tell(name, attributes, True)

    def end(name: str) -> None:
        nonlocal depth
        depth -= 1
        tell(name, {}, False)

    reader.StartDoctypeDeclHandler = refuse
    reader.EntityDeclHandler = refuse
    reader.StartElementHandler = begin
    reader.EndElementHandler = end
    reader.CharacterDataHandler = lambda words: tell("", {"": words}, True)
    try:
        reader.Parse(source, True)
    except expat.ExpatError:
        raise UnreadableText("The file is damaged.") from None


def _heading_styles(source: bytes) -> Iterator[tuple[str, int]]:
    """`(style id, level)` of the styles that are named as headings or stand in the outline."""
    found: dict[str, int] = {}
    style = ""

    def tell(name: str, attributes: Attributes, begins: bool) -> None:
        nonlocal style
        local = name.rpartition(" ")[2]
        value = _word_value(attributes)
        if begins and local == "style":
            style = _word_value(attributes, "styleId")
        elif begins and local == "name" and (heading := _HEADING.fullmatch(value)):
            found[style] = int(heading[1])
        elif begins and local == "name" and value.casefold() == "title":
            found[style] = 1
        elif begins and local == "outlineLvl" and value.isdigit() and int(value) < 6:
            found[style] = int(value) + 1

    if source:
        _walk(source, tell)
    yield from found.items()


def _word_value(attributes: Attributes, name: str = "val") -> str:
    return attributes.get(_WORD + name) or attributes.get(_STRICT_WORD + name) or ""


class _Reader:
    """Pieces of a file, from the words between two ends of a paragraph; a table gathers its cells."""

    def __init__(self) -> None:
        self.pieces: list[Piece] = []
        self.words: list[str] = []
        self.rows: list[list[str]] = []
        self.tables = 0  # open ones; those inside a cell are words of it

    def read(self, source: bytes) -> list[Piece]:
        _walk(source, self.tell)
        return self.pieces

    def tell(self, name: str, attributes: Attributes, begins: bool) -> None:
        raise NotImplementedError

    def paragraph(self, kind: BlockKind, level: int) -> None:
        text, self.words = "".join(self.words), []
        if not self.tables:
            self.put(plain.piece(kind, text, level))
        elif self.rows and self.rows[-1]:
            self.rows[-1][-1] += f" {text}"

    def table(self, begins: bool) -> None:
        self.tables += 1 if begins else -1
        if begins and self.tables == 1:
            self.rows = []
        elif not begins and not self.tables:
            self.put(plain.table(self.rows))

    def row(self) -> None:
        if self.tables == 1:
            self.rows.append([])

    def cell(self) -> None:
        if self.tables == 1 and self.rows:
            self.rows[-1].append("")

    def put(self, found: Piece | None) -> None:
        if found is not None:
            self.pieces.append(found)


class _Docx(_Reader):
    def __init__(self, levels: dict[str, int]) -> None:
        super().__init__()
        self._levels = levels
        self._kind, self._level = BlockKind.PARA, 0
        self._in_words = False

    def tell(self, name: str, attributes: Attributes, begins: bool) -> None:
        if not name:
            if self._in_words:
                self.words.append(attributes[""])
            return
        if not name.startswith((_WORD, _STRICT_WORD)):
            return
        match name.rpartition(" ")[2], begins:
            case "p", True:
                self._kind, self._level = BlockKind.PARA, 0
            case "p", False:
                self.paragraph(self._kind, self._level)
            case "pStyle", True:
                self._level = self._levels.get(_word_value(attributes), 0)
                self._kind = BlockKind.HEADING if self._level else self._kind
            case "numPr", True if self._kind is BlockKind.PARA:
                self._kind = BlockKind.LIST_ITEM
            case "t", _:
                self._in_words = begins
            case (("tab" | "br" | "cr"), True):
                self.words.append(" ")
            case "tbl", _:
                self.table(begins)
            case "tr", True:
                self.row()
            case "tc", True:
                self.cell()


class _Odt(_Reader):
    def __init__(self) -> None:
        super().__init__()
        self._in_body = False
        self._level = 0
        self._items = 0
        self._passing = 0  # notes and deleted parts that are open
        self._depth = 0  # paragraphs that are open: a note holds its own

    def tell(self, name: str, attributes: Attributes, begins: bool) -> None:
        local = name.removeprefix(_ODF)
        if local == "office:1.0 text":
            self._in_body = begins
        elif local in ("text:1.0 note", "text:1.0 tracked-changes", "office:1.0 annotation"):
            self._passing += 1 if begins else -1
        elif self._in_body and not self._passing:
            self._said(local, attributes, begins)

    def _said(self, local: str, attributes: Attributes, begins: bool) -> None:
        match local, begins:
            case "", True:
                if self._depth:
                    self.words.append(attributes[""])
            case (("text:1.0 p" | "text:1.0 h"), True):
                self._depth += 1
                self._level = _level(attributes) if local.endswith("h") else 0
            case (("text:1.0 p" | "text:1.0 h"), False):
                self._depth -= 1
                others = BlockKind.LIST_ITEM if self._items else BlockKind.PARA
                self.paragraph(BlockKind.HEADING if self._level else others, self._level)
            case "text:1.0 list-item", _:
                self._items += 1 if begins else -1
            case (("text:1.0 s" | "text:1.0 tab" | "text:1.0 line-break"), True):
                self.words.append(" ")
            case "table:1.0 table", _:
                self.table(begins)
            case "table:1.0 table-row", True:
                self.row()
            case "table:1.0 table-cell", True:
                self.cell()


def _level(attributes: Attributes) -> int:
    said = attributes.get(f"{_ODF}text:1.0 outline-level", "1")
    return min(int(said), 6) if said.isdigit() and int(said) else 1
