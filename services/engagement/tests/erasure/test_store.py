"""Erased words stand nowhere any more: not in former texts, pictures or what titles are found by."""

from types import ModuleType
from typing import Any

from sqlalchemy import insert, select, update

from chassis.app import App
from engagement.erasure import store
from engagement.tables import METADATA, comment, picture_file, proposal, proposal_text, title_sketch

SECRET = "chestnut"


def everything(app: App) -> str:
    """All that the block's tables hold, as text."""
    with app.runtime.reading() as tx:
        return " ".join(str(tuple(row)) for table in METADATA.sorted_tables for row in tx.execute(select(table)))


def test_of_an_erased_proposal_nothing_that_was_said_is_left(app: App, world: Any, make: ModuleType) -> None:
    process = world.process()
    ana = world.participant(process, "ana")
    idea = world.proposal(process, ana, content=make.content(f"A {SECRET} at the gate"))
    said = {"en": f"A {SECRET}"}
    rich = {
        "summary": said,
        "place": {"name": f"{SECRET} lane"},
        "cost": {"amount": 5, "currency": "EUR", "estimatedBy": SECRET},
        "pictures": [{"id": str(make.new_id()), "alt": said, "width": 1, "height": 1}],
        "tags": [SECRET],
    }
    with app.runtime.transaction() as tx:
        tx.execute(update(proposal).where(proposal.c.id == idea.id).values(search=SECRET, pseudonym=b"sealed", **rich))
        former = {"proposal_id": idea.id, "number": 1, "content": {"title": said, **rich}, "cause": "edited"}
        tx.execute(insert(proposal_text), former | {"at": make.NOON})
        file = {"picture_id": make.new_id(), "name": "thumb.jpg", "proposal_id": idea.id, "content": SECRET.encode()}
        tx.execute(insert(picture_file), file | {"at": make.NOON})
        tx.execute(insert(title_sketch), {"process_id": process.id, "hash": 7, "proposal_id": idea.id})
    assert SECRET in everything(app)

    with app.runtime.transaction() as tx:
        store.erase_proposal(tx, idea.id)

    assert SECRET not in everything(app) and "sealed" not in everything(app)
    assert world.rows(picture_file) == world.rows(title_sketch) == []


def test_of_an_erased_comment_the_first_text_is_gone_too(app: App, world: Any) -> None:
    process = world.process()
    ana = world.participant(process, "ana")
    remark = world.comment(world.proposal(process, ana), ana, body={"en": f"No {SECRET}"})
    with app.runtime.transaction() as tx:
        tx.execute(update(comment).where(comment.c.id == remark.id).values(original={"en": f"Never a {SECRET}"}))

    with app.runtime.transaction() as tx:
        store.erase_comment(tx, remark.id)

    assert SECRET not in everything(app)
