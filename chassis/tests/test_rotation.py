"""Sealing keys are exchanged while old and new processes run, and what was sealed is sealed again."""

from base64 import b64decode, b64encode
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path

import pytest
import sqlalchemy as sa

from chassis import ids
from chassis.clock import FixedClock
from chassis.columns import metadata
from chassis.database import Database
from chassis.rotation.__main__ import main
from chassis.rotation.reseal import Outcome, reseal
from chassis.sealing import Sealer, Unsealable, ring
from chassis.tables import PLATFORM, job

KEY = "11" * 32
NOTES = metadata()
NOTES.info["sealed_in_jobs"] = {"contact": "note.contact"}
note = sa.Table(
    "note",
    NOTES,
    sa.Column("part", sa.String(10), primary_key=True),
    sa.Column("number", sa.Integer, primary_key=True),
    sa.Column("text", sa.LargeBinary, info={"sealed": "note.{part}"}),
    sa.Column("proof", sa.LargeBinary, info={"sealed": "note.proof", "evidence": True}),
)


@pytest.fixture
def steps() -> list[str]:
    """The ring's text before, and after add, promote, retire."""
    texts = [KEY]
    for step in ("added", "promoted", "retired"):
        texts.append(str(getattr(ring(texts[-1]), step)()))
    return texts


@pytest.fixture
def database(empty_url: str) -> Iterator[Database]:
    database = Database(empty_url)
    for tables in (NOTES, PLATFORM):
        tables.create_all(database.engine)
    yield database
    database.close()


def test_processes_on_both_sides_of_a_step_open_each_others_values(steps: list[str]) -> None:
    for before, after in pairwise(steps[:3]):
        old, new = Sealer(before), Sealer(after)
        assert new.open(old.seal("text", "p"), "p") == "text"
        assert old.open(new.seal("text", "p"), "p") == "text"


def test_a_retired_key_opens_nothing_and_its_holder_nothing_new(steps: list[str]) -> None:
    first, last = Sealer(steps[0]), Sealer(steps[3])

    with pytest.raises(Unsealable):
        last.open(first.seal("text", "p"), "p")
    with pytest.raises(Unsealable):
        first.open(last.seal("text", "p"), "p")


def test_digests_stay_whatever_is_exchanged(steps: list[str]) -> None:
    again = [str(ring(steps[3]).added().promoted().retired())]

    assert len({Sealer(text).digest("ann", "login") for text in steps + again}) == 1
    assert KEY not in " ".join(steps[3:] + again)


@pytest.mark.parametrize("text", ["digest:" + KEY, f"{KEY} {KEY}", f"{KEY} digest:{KEY} digest:{KEY}", "digest:11"])
def test_a_ring_that_does_not_say_everything_is_refused(text: str) -> None:
    with pytest.raises(ValueError, match="sealing key"):
        ring(text)


def test_a_step_out_of_order_is_refused() -> None:
    with pytest.raises(ValueError, match="add one first"):
        ring(KEY).promoted()


def test_everything_is_sealed_again_but_evidence(database: Database, steps: list[str], clock: FixedClock) -> None:
    old, new = Sealer(steps[0]), Sealer(steps[2])
    with database.transaction() as tx:
        for number in range(450):  # more than two pages
            values = {
                "part": "ab"[number % 2],
                "number": number,
                "text": old.seal(str(number), f"note.{'ab'[number % 2]}"),
            }
            tx.execute(sa.insert(note), values)
        tx.execute(sa.insert(note), {"part": "c", "number": 0, "proof": old.seal("seen", "note.proof")})
        tx.execute(sa.insert(note), {"part": "c", "number": 1, "text": new.seal("new", "note.c")})
        for state, payload in (
            ("waiting", {"contact": b64encode(old.seal("c", "note.contact")).decode()}),
            ("failed", {}),
        ):
            row = {"id": ids.new(), "kind": "k", "key": state, "payload": payload, "headers": {}, "state": state}
            tx.execute(sa.insert(job), row | {"due_at": clock()})

    done = reseal(database, NOTES, new)

    assert done == {"note.text": Outcome(450, 0), "note.proof": Outcome(0, 1), "job.payload.contact": Outcome(1, 0)}
    last = Sealer(steps[3])
    with database.reading() as tx:
        rows = tx.execute(sa.select(note).where(note.c.text.is_not(None))).all()
        assert {last.open(row.text, f"note.{row.part}") for row in rows} == {*map(str, range(450)), "new"}
        payload = tx.execute(sa.select(job.c.payload).where(job.c.state == "waiting")).scalar_one()
        assert last.open(b64decode(payload["contact"]), "note.contact") == "c"
        proof = tx.execute(sa.select(note.c.proof).where(note.c.proof.is_not(None))).scalar_one()
        assert new.open(proof, "note.proof") == "seen"
    assert reseal(database, NOTES, new)["note.text"] == Outcome(0, 0)


def test_a_value_that_no_key_opens_stops_it(database: Database, steps: list[str]) -> None:
    with database.transaction() as tx:
        tx.execute(sa.insert(note), {"part": "a", "number": 1, "text": Sealer("").seal("lost", "note.a")})

    with pytest.raises(Unsealable, match=r"note\.a"):
        reseal(database, NOTES, Sealer(steps[2]))


def test_the_command_exchanges_a_file_that_stays_its_owners(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    file = tmp_path / "sealing-key"
    file.write_text(KEY + "\n")
    sealed = Sealer(KEY).seal("text", "p")

    assert [main([step, str(file)]) for step in ("add", "promote")] == [0, 0]
    assert Sealer(file.read_text()).open(sealed, "p") == "text"
    assert main(["retire", str(file)]) == 0

    assert file.stat().st_mode & 0o777 == 0o600
    assert [path.name for path in tmp_path.iterdir()] == ["sealing-key"]
    with pytest.raises(Unsealable):
        Sealer(file.read_text()).open(sealed, "p")
    assert KEY not in capsys.readouterr().out
    assert main(["promote", str(file)]) == 1
    assert main(["add", str(tmp_path / "none")]) == 1
