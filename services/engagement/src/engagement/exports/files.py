"""Files written while they are sent: rows in, bytes out."""

import csv
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from io import StringIO
from typing import Any

import orjson
from openpyxl import Workbook

from engagement.exports.model import Format, cell

Row = Sequence[Any]  # values in the order of the columns, as a data set gives them
MEDIA_TYPES = {
    Format.CSV: "text/csv",
    Format.JSONL: "application/jsonl",
    Format.XLSX: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
}
_LINE = orjson.OPT_UTC_Z | orjson.OPT_APPEND_NEWLINE
_ROWS_AT_ONCE = 500
_BYTES_AT_ONCE = 64 * 1024


def as_csv(names: Sequence[str], rows: Iterable[Row], language: str, *, head: bool) -> Iterator[bytes]:
    """RFC 4180, in UTF-8; later parts of a file come without its head."""
    page = StringIO()
    writer = csv.writer(page)
    if head:
        writer.writerow(names)
    for number, row in enumerate(rows, 1):
        writer.writerow([cell(value, language) for value in row])
        if number % _ROWS_AT_ONCE == 0:
            yield page.getvalue().encode()
            page.seek(0)
            page.truncate()
    yield page.getvalue().encode()


def as_jsonl(names: Sequence[str], rows: Iterable[Row]) -> Iterator[bytes]:
    """One JSON object a line; texts stay `{language: text}`."""
    lines: list[bytes] = []
    for row in rows:
        lines.append(orjson.dumps(dict(zip(names, row, strict=True)), option=_LINE))
        if len(lines) == _ROWS_AT_ONCE:
            yield b"".join(lines)
            lines.clear()
    yield b"".join(lines)


def as_xlsx(title: str, names: Sequence[str], rows: Iterable[Row], language: str) -> Iterator[bytes]:
    """A workbook of one sheet."""
    book = Workbook(write_only=True)
    sheet = book.create_sheet(title[:31])
    sheet.freeze_panes = "A2"
    sheet.append(list(names))
    for row in rows:
        sheet.append([cell(value, language) for value in row])
    with tempfile.TemporaryFile() as file:
        book.save(file)
        file.seek(0)
        while part := file.read(_BYTES_AT_ONCE):
            yield part
