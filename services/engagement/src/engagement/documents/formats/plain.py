"""What all formats share: plain words, and the numbers that people cite."""

import re
from dataclasses import replace

from chassis.errors import Invalid
from engagement.documents.text import BlockKind, Piece

_ARTICLE = re.compile(
    r"(?P<number>(?:Art(?:icle|ikel|[íi]culo|igo|icolo|\.)?|Sec(?:tion|ci[óo]|\.)?|§+|المادة|مادة)\s*\d+[a-z]?"
    r"(?:\s?\(\d+\))?)[.:)\s\u2013\u2014-]*(?P<rest>.*)",
    re.IGNORECASE | re.DOTALL,
)
_NUMBER = re.compile(r"(?P<number>\d+(?:\.\d+)+\.?|\d+[.)]|\([a-z\d]{1,4}\)|[a-z]\))\s+(?P<rest>.*)", re.DOTALL)
_UNSEEN = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\ud800-\udfff]")


class UnreadableText(Invalid):
    """The file is not of the format that was named, or holds what no text needs."""

    def __init__(self, detail: str) -> None:
        super().__init__(detail, [("/source/content", "cannot be read")])


def tidy(text: str) -> str:
    """On one line, with one space between words and no control characters."""
    return " ".join(_UNSEEN.sub("", text).split())


def piece(kind: BlockKind, text: str, level: int = 0) -> Piece | None:
    """A piece with the number that its text begins with; None without a word in it."""
    plain = tidy(text)
    if not plain:
        return None
    found = Piece(kind, plain, level)
    if kind is BlockKind.TABLE:
        return found
    if (article := _ARTICLE.fullmatch(plain)) is not None:
        named = replace(found, kind=kind if kind is BlockKind.HEADING else BlockKind.ARTICLE)
        return _numbered(named, article)
    if (number := _NUMBER.fullmatch(plain)) is not None:
        return _numbered(found, number)
    return found


def table(rows: list[list[str]]) -> Piece | None:
    """A table as one piece: a line a row, its cells parted by bars."""
    lines = [" | ".join(tidy(cell) for cell in row) for row in rows if any(tidy(cell) for cell in row)]
    return Piece(BlockKind.TABLE, "\n".join(lines)) if lines else None


def _numbered(of: Piece, found: re.Match[str]) -> Piece:
    """With the number apart; a text that is nothing but its number stays one."""
    if not found["rest"].strip():
        return of
    return replace(of, number=found["number"].strip(), text=found["rest"].strip())
