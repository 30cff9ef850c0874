"""Every query of the process log."""

from uuid import UUID

from sqlalchemy import exists, insert, select, update

from chassis.database import Transaction
from chassis.errors import NotFound
from engagement.contributions import Kind, Status
from engagement.processes import tools
from engagement.receipts import model
from engagement.receipts.model import Leaf
from engagement.tables import process_log

_INSERT = insert(process_log)
_FIND = select(process_log)


def append(tx: Transaction, added: Leaf) -> None:
    """The log only grows."""
    tx.execute(_INSERT, {column.name: getattr(added, column.name) for column in process_log.columns})


def find(tx: Transaction, code: str) -> tuple[Leaf, str]:
    """The leaf that a receipt names, and how its contribution counts now. Raises NotFound."""
    row = tx.execute(_FIND.where(process_log.c.code == code)).mappings().first()
    if row is None:
        raise NotFound("There is no such receipt.")
    return Leaf(**row), _status(tx, row["kind"], row["contribution_id"])


def shred(tx: Transaction, contribution_id: UUID) -> None:
    """The leaf stays valid; nobody proves by it any more what was said."""
    tx.execute(update(process_log).where(process_log.c.contribution_id == contribution_id).values(salt=None))


def checked(tx: Transaction) -> tuple[str | None, int]:
    """The first leaf that was altered, or contribution that has none (None when the log holds); and how many leaves
    hold."""
    leaves = 0
    for row in tx.stream(_FIND.order_by(process_log.c.code)):
        if not model.is_whole(Leaf(**row)):
            return f"the leaf of receipt {row['code']} was altered", leaves
        leaves += 1
    for taken in tools.all_taken():
        name = taken.ledger.selected_columns.id
        logged = exists().where(process_log.c.contribution_id == name, process_log.c.kind == taken.kind)
        given = taken.ledger.selected_columns.status != Status.PENDING  # a draft has none yet
        if (missing := tx.execute(taken.ledger.where(given, ~logged).limit(1)).scalar()) is not None:
            return f"the {taken.kind} {missing} has no leaf", leaves
    return None, leaves


def _status(tx: Transaction, kind: str, contribution_id: UUID) -> str:
    ledger = tools.taken(Kind(kind)).ledger
    row = tx.execute(ledger.where(ledger.selected_columns.id == contribution_id)).first()
    return str(row.status) if row else "withdrawn"
