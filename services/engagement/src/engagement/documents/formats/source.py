"""A text as it comes in, by the name of its format."""

from base64 import b64decode
from binascii import Error
from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from engagement.documents.formats import html, markdown, office
from engagement.documents.formats.plain import UnreadableText
from engagement.documents.text import Piece, TextTooLarge

MOST_BYTES = 2_000_000


class Format(StrEnum):
    MARKDOWN = "markdown"
    HTML = "html"
    DOCX = "docx"
    ODT = "odt"


@dataclass(frozen=True, slots=True)
class Source:
    """A text; of packed formats the file, in base64."""

    format: Format
    content: str


_WRITTEN: dict[Format, Callable[[str], list[Piece]]] = {Format.MARKDOWN: markdown.read, Format.HTML: html.read}
_PACKED: dict[Format, Callable[[bytes], list[Piece]]] = {Format.DOCX: office.read_docx, Format.ODT: office.read_odt}


def read(source: Source) -> list[Piece]:
    """Pieces in reading order. Raises UnreadableText, TextTooLarge."""
    if source.format in _WRITTEN:
        _measure(len(source.content.encode()))
        pieces = _WRITTEN[source.format](source.content)
    else:
        pieces = _PACKED[source.format](_decoded(source.content))
    if not pieces:
        raise UnreadableText("There is no text in it.")
    return pieces


def _decoded(content: str) -> bytes:
    try:
        found = b64decode(content, validate=True)
    except (Error, ValueError):
        raise UnreadableText("The content is not base64.") from None
    _measure(len(found))
    return found


def _measure(size: int) -> None:
    if size > MOST_BYTES:
        raise TextTooLarge("A text has at most 2 MB.", [("/source/content", f"{size} bytes")])
