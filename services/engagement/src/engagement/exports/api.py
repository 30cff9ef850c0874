"""The door of exports."""

from uuid import UUID

from flask import Response

from chassis import paging
from chassis.paging import BadCursor
from chassis.web import caller, now, ok, reading, runtime, streamed
from engagement.actors import actor
from engagement.exports import actions, schemas
from engagement.exports.files import MEDIA_TYPES
from engagement.exports.model import Format, Variant, Wanted
from engagement.exports.policy import may_export
from engagement.processes import actions as processes
from engagement.processes import tools


def list_datasets(process_id: str) -> Response:
    by = actor(caller())
    with reading() as tx:
        processes.visible(tx, UUID(process_id), by=by)
    staff = bool(may_export(by, Variant.INTERNAL))
    return ok({"items": [schemas.dictionary(each, staff=staff) for each in tools.datasets()], "next": None})


def export_dataset(
    process_id: str,
    dataset: str,
    file_type: str,
    variant: str = "public",
    cursor: str | None = None,
    limit: int = 50_000,
) -> Response:
    wanted = Wanted(dataset, Format(file_type), Variant(variant), _key(cursor), limit)
    with reading() as tx:
        part = actions.part(tx, UUID(process_id), wanted, by=actor(caller()), at=now())
    answer = streamed(actions.written(runtime().reading, part, runtime().sealer), MEDIA_TYPES[part.format])
    if part.to is not None:
        answer.headers["Next-Cursor"] = paging.encode([part.to])
    return answer


def _key(cursor: str | None) -> UUID | None:
    """Raises BadCursor."""
    values = paging.decode(cursor, 1)
    try:
        return UUID(str(values[0])) if values else None
    except ValueError:
        raise BadCursor("This cursor belongs to another list.") from None
