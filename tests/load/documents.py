"""`python -m tests.load.documents`: what it costs to carry annotations over to the next version, and to read a page of
a text that has many. Figures are printed, never asserted. It needs no mesh: rows stand in the tables of the block."""

import argparse
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path
from random import Random

from sqlalchemy import insert

from chassis import ids, migrations
from chassis.database import Database, Transaction
from engagement import tables
from engagement.anchoring import actions as carrying
from engagement.annotations import store as annotations
from engagement.annotations.model import Anchor, Annotation, Filter, Outcome, Purpose
from engagement.annotations.quotes import Quote
from engagement.contributions import Channel
from engagement.documents import store, text
from engagement.documents.model import Document, Version
from engagement.documents.text import Block, BlockKind, Blocks, Piece
from tests.load.measure import machine

_AT = datetime(2026, 6, 1, tzinfo=UTC)
_BLOCKS, _WORDS, _READINGS = 200, 60, 20
_VOCABULARY = [f"{first}{last}" for first in ("wat", "riv", "cou", "pri", "met", "lan") for last in ("er", "al", "ing")]


def main() -> int:
    """Print the table."""
    parser = argparse.ArgumentParser(prog="python -m tests.load.documents")
    parser.add_argument("--annotations", type=int, default=5000)
    most = parser.parse_args().annotations
    print(machine())
    print("| annotations | carried over, CPU ms each | page of 40 blocks, CPU ms | page of 20 annotations, CPU ms |")
    print("| --- | --- | --- | --- |")
    for number in (most // 10, most):
        with tempfile.TemporaryDirectory() as folder:
            database = Database(f"sqlite:///{Path(folder) / 'block.db'}")
            migrations.migrate(database, "engagement")
            print(_row(database, number), flush=True)
            database.close()
    return 0


def _row(database: Database, number: int) -> str:
    random = Random(7)
    with database.transaction() as tx:
        document, first, blocks = _text(tx, random)
        given = [_given(document, first, random.choice(blocks), random) for _ in range(number)]
        for each, place in given:
            annotations.add(tx, each, place)
        second = Version(ids.new(), document.id, 2, _AT)
        store.add_version(tx, second, _edited(blocks, random))
    carried = _cpu(lambda: _carry(database, first, second)) / number
    page = _cpu(lambda: _read(database, lambda tx: store.page_of_blocks(tx, second.id, 0, 40))) / _READINGS
    wanted = Filter(block_id=blocks[0].id)
    listed = _cpu(lambda: _read(database, lambda tx: annotations.page(tx, second.id, wanted, None, 20))) / _READINGS
    return f"| {number} | {carried:.2f} | {page:.1f} | {listed:.1f} |"


def _text(tx: Transaction, random: Random) -> tuple[Document, Version, Blocks]:
    process_id = ids.new()
    row = {
        "id": process_id, "slug": "load", "title": {"en": "Load"}, "languages": ["en"], "categories": [],
        "strategy": {}, "limits": {}, "state": "open", "author": "load", "version": 1, "created_at": _AT,
    }  # fmt: skip
    tx.execute(insert(tables.process), row)
    document = Document(ids.new(), process_id, {"en": "Load"}, "en", "load", _AT)
    version = Version(ids.new(), document.id, 1, _AT)
    blocks = text.made([Piece(BlockKind.PARA, " ".join(random.choices(_VOCABULARY, k=_WORDS))) for _ in range(_BLOCKS)])
    store.add(tx, document)
    store.add_version(tx, version, blocks)
    return document, version, blocks


def _given(document: Document, version: Version, block: Block, random: Random) -> tuple[Annotation, Anchor]:
    start = random.randrange(len(block.text) // 2)
    end = start + random.randint(10, 80)
    quote = Quote.of(block.text, start, end)
    made = Annotation(
        id=ids.new(), process_id=document.process_id, document_id=document.id, version_id=version.id,
        participant_id=None, entered_by="load", actor_key="office:load", parent_id=None, purpose=Purpose.OBJECT,
        body={"en": "A remark of some length on what stands here."}, block_id=block.id, start=start, end=end,
        exact=quote.exact, prefix=quote.prefix, suffix=quote.suffix, proposed=None, channel=Channel.PAPER, at=_AT,
    )  # fmt: skip
    return made, Anchor(made.id, version.id, Outcome.PLACED, block.id, start, end, 1.0)


def _edited(blocks: Blocks, random: Random) -> Blocks:
    """A letter is another one in every second block."""
    for block in blocks[::2]:
        at = random.randrange(len(block.text))
        blocks = text.revise(block.id, text=f"{block.text[:at]}x{block.text[at + 1 :]}")(blocks)
    return blocks


def _carry(database: Database, first: Version, second: Version) -> None:
    with database.reading() as tx:
        over = carrying.passage(tx, first.id, second.id)
    left = True
    while left:
        with database.transaction() as tx:
            left = carrying.carry(tx, first.id, over) > 0


def _read(database: Database, story: Callable[[Transaction], object]) -> None:
    for _ in range(_READINGS):
        with database.reading() as tx:
            story(tx)


def _cpu(story: Callable[[], object]) -> float:
    """Milliseconds of this process."""
    before = time.process_time()
    story()
    return (time.process_time() - before) * 1000


if __name__ == "__main__":
    sys.exit(main())
