"""Files: what stands in them is what was said, and nothing runs."""

import csv
from datetime import UTC, datetime
from io import BytesIO, StringIO

import orjson
import pytest
from openpyxl import load_workbook

from chassis.clock import text
from engagement.exports import files
from engagement.exports.model import cell

NAMES = ["title", "tags", "at", "number"]
AT = datetime(2026, 6, 1, 12, 0, tzinfo=UTC)
ROWS = [
    [{"ca": "Més arbres", "en": "More trees"}, ["shade", "river"], AT, 7],
    [{"en": 'He said "no",\nand left'}, [], None, 0],
    [{"en": "=HYPERLINK(1)"}, ["@now"], AT, -3],
]


@pytest.mark.parametrize(
    ("value", "shown"),
    [
        ("=1+1", "'=1+1"),
        ("+34 600", "'+34 600"),
        ("-", "'-"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("a=b", "a=b"),
        ("", ""),
        (-5, -5),
        (None, None),
        ({"ar": "شجر"}, "شجر"),
        ({}, ""),
        (["=a", "b"], "'=a; b"),
        (AT, text(AT)),
    ],
)
def test_a_cell_never_holds_a_formula(value: object, shown: object) -> None:
    assert cell(value, "en") == shown


def test_csv_reads_back_as_it_was_said() -> None:
    parts = b"".join(files.as_csv(NAMES, ROWS, "ca", head=True))

    read = list(csv.reader(StringIO(parts.decode())))

    assert read[0] == NAMES
    assert read[1] == ["Més arbres", "shade; river", text(AT), "7"]
    assert read[2][0] == 'He said "no",\nand left'
    assert read[3][:2] == ["'=HYPERLINK(1)", "'@now"]


def test_parts_of_a_csv_make_the_whole() -> None:
    whole = b"".join(files.as_csv(NAMES, ROWS, "en", head=True))

    first, rest = files.as_csv(NAMES, ROWS[:1], "en", head=True), files.as_csv(NAMES, ROWS[1:], "en", head=False)

    assert b"".join([*first, *rest]) == whole


def test_json_lines_keep_every_language() -> None:
    lines = b"".join(files.as_jsonl(NAMES, ROWS)).splitlines()

    assert [orjson.loads(line)["title"] for line in lines] == [row[0] for row in ROWS]
    assert orjson.loads(lines[2])["title"] == {"en": "=HYPERLINK(1)"}, "data is not changed where nothing can run"


def test_a_workbook_opens_with_its_numbers_and_texts() -> None:
    book = load_workbook(BytesIO(b"".join(files.as_xlsx("proposals", NAMES, ROWS, "en"))))

    rows = [[each.value for each in row] for row in book["proposals"].iter_rows()]

    assert rows[0] == NAMES
    assert rows[1] == ["More trees", "shade; river", text(AT), 7]
    assert rows[3][0] == "'=HYPERLINK(1)"


def test_long_files_are_written_piece_by_piece() -> None:
    rows = ([{"en": "x"}, [], None, number] for number in range(1_200))

    assert len(list(files.as_csv(NAMES, rows, "en", head=True))) == 3
