"""The door of the log."""

from flask import Response

from chassis.web import ok, reading
from scheduler.log import schemas, store
from scheduler.log.model import Category, Wanted
from scheduler.wire import bare_all, maybe, maybe_instant


def list_log(
    log_id: list[str] | None = None,
    entity_id: str | None = None,
    category: str | None = None,
    from_: str | None = None,
    to: str | None = None,
    after: str | None = None,
    limit: int = 100,
) -> Response:
    wanted = Wanted(
        limit,
        bare_all(log_id),
        maybe(entity_id),
        Category(category) if category else None,
        maybe_instant(from_, "from"),
        maybe_instant(to, "to"),
        maybe(after),
    )
    with reading() as tx:
        return ok([[schemas.entry(each) for each in store.page(tx, wanted)]])
