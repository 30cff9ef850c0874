"""An operation's function with the house around it: refusals become problem documents where they arise, what another
transaction undid is tried again, an answer under an Idempotency-Key is remembered or given again."""

import logging
from collections.abc import Callable
from functools import partial
from typing import Any

from flask import Response, g, request
from marshmallow import ValidationError
from sqlalchemy.exc import SQLAlchemyError

from chassis import database_faults, problems
from chassis.errors import Refusal
from chassis.operations import Operation
from chassis.schemas import invalid
from chassis.web import Replayed

log = logging.getLogger(__name__)
_TRIES = 3


def guarded(operation: Operation) -> Callable[..., Response]:
    """The operation's function, as either profile calls it."""

    def answer(*args: Any, **kwargs: Any) -> Response:
        g.operation = operation.id
        try:
            response = _tried(partial(operation.function, *args, **kwargs))
        except Replayed as replayed:
            return Response(replayed.body, replayed.status, mimetype="application/json")
        except ValidationError as error:
            return _problem(invalid(error), operation, request.path)
        except Refusal as refusal:
            return _problem(refusal, operation, request.path)
        except SQLAlchemyError as error:
            refused = database_faults.meaning(error)
            if refused is None:
                raise
            log.warning("the database did not do it", extra={"reason": type(error.__cause__ or error).__name__})
            return _problem(refused, operation, request.path)
        if operation.remembers and not g.get("answered"):
            raise RuntimeError(f"{operation.id} takes an Idempotency-Key but does not return through answered()")
        return response

    answer.__name__ = operation.function.__name__
    answer.__wrapped__ = operation.function  # type: ignore[attr-defined]
    return answer


def _tried(function: Callable[[], Response]) -> Response:
    """What was undone for another transaction's sake is done again, a few times; not if an earlier transaction of the
    request stands already."""
    for _ in range(_TRIES - 1):
        try:
            return function()
        except SQLAlchemyError as error:
            if not database_faults.is_undone_for_another(error) or g.get("committed"):
                raise
    return function()


def _problem(refusal: Refusal, operation: Operation | None, path: str) -> Response:
    status = problems.status_of(refusal, operation.statuses if operation else None)
    log_refusal(refusal, status)
    body = problems.document(refusal, status, path)
    response = Response(problems.dump(body), status, mimetype=problems.MEDIA_TYPE)
    if (seconds := getattr(refusal, "retry_after_seconds", None)) is not None:
        response.headers["Retry-After"] = str(seconds)
    return response


def log_refusal(refusal: Refusal, status: int) -> None:
    level = logging.ERROR if status == 500 else logging.INFO
    log.log(level, "refused", extra={"problem": refusal.slug, "status": status})
