"""Markdown (CommonMark, with tables). Markup inside it is words like any others."""

from collections.abc import Iterator, Sequence

from markdown_it import MarkdownIt
from markdown_it.token import Token

from engagement.documents.formats import plain
from engagement.documents.text import BlockKind, Piece

_READER = MarkdownIt("commonmark", {"html": False}).enable("table")
_BREAKS = ("softbreak", "hardbreak")


def read(source: str) -> list[Piece]:
    """In reading order."""
    return [each for each in _pieces(_READER.parse(source)) if each is not None]


def _pieces(tokens: Sequence[Token]) -> Iterator[Piece | None]:
    kind, level, items = BlockKind.PARA, 0, 0
    rows: list[list[str]] = []
    in_table = False
    for token in tokens:
        if token.type == "heading_open":
            kind, level = BlockKind.HEADING, int(token.tag[1:])
        elif token.type == "paragraph_open":
            kind, level = BlockKind.LIST_ITEM if items else BlockKind.PARA, 0
        elif token.type in ("list_item_open", "list_item_close"):
            items += token.nesting
        elif token.type == "table_open":
            in_table, rows = True, []
        elif token.type == "tr_open":
            rows.append([])
        elif token.type == "table_close":
            in_table = False
            yield plain.table(rows)
        elif token.type == "inline" and in_table:
            rows[-1].append(_words(token))
        elif token.type == "inline":
            yield plain.piece(kind, _words(token), level)
        elif token.type in ("fence", "code_block"):
            yield plain.piece(BlockKind.PARA, token.content)


def _words(token: Token) -> str:
    return "".join(" " if each.type in _BREAKS else each.content for each in token.children or ())
