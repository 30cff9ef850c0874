"""The story of a screening."""

from datetime import datetime

from chassis.database import Transaction
from engagement.cases import store as cases
from engagement.cases.model import Subject
from engagement.moderation import actions as moderation
from engagement.rulebook import store as rulebook
from engagement.rulebook.model import severity
from engagement.screening import model, store


def screen(tx: Transaction, subject: Subject, *, at: datetime) -> None:
    """A contribution that filters strike waits for a moderator, held where the process asks for that; what is not
    there (any more) is passed by."""
    said = store.said(tx, subject)
    if said is None:
        return
    hashes = model.sketch(said.whole())
    rules = rulebook.rules(tx, said.process_id)
    struck = model.struck(said, store.alike(tx, said.process_id, subject, hashes), rules)
    store.add_sketch(tx, said.process_id, subject, hashes)
    if not struck:
        return
    cases.add_findings(tx, said.process_id, subject, struck, at)
    broken = max((model.breaks(each) for each in struck), key=severity)
    case = cases.opened(tx, said.process_id, subject, severity(broken), 0, at)
    if set(struck) & set(rules.holds) and case.held_at is None:
        moderation.hold(tx, case, broken, at=at)
