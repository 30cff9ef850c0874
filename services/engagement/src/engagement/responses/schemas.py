"""Responses on the wire. Plain functions: these are hot paths."""

from typing import Any

from chassis.clock import text
from chassis.schemas import without_none
from engagement.receipts.model import Leaf
from engagement.receipts.schemas import receipt
from engagement.responses.model import Next, Progress, Sent


def sent(body: dict[str, Any]) -> Sent:
    """Answers as they came; their form is checked already."""
    return Sent(body["answers"], body.get("seen"), body.get("language"), body.get("complete", True))


def progress(of: Progress, key: str | None = None) -> dict[str, Any]:
    """A response, its way, and what comes next; `key` for who has no account."""
    response = of.response
    shown = {
        "id": str(response.id),
        "surveyId": str(response.survey_id),
        "state": response.state,
        "status": response.status,
        "revision": response.revision,
        "language": response.language,
        "answers": response.current,
        "unsent": response.unsent is not None,
        "pages": [page.id for page in of.route.pages],
        "ending": of.survey.asked().endings[of.route.ending] if of.route.ending else None,
        "told": list(of.told),
        "startedAt": text(response.started_at),
        "at": text(response.at),
        "key": key,
    }
    return without_none(shown) | {"next": _next(of.next)}


def submitted(of: Progress, leaf: Leaf) -> dict[str, Any]:
    """A response that counts, with its receipt. The answer is remembered, so it holds no key."""
    return progress(of) | {"receipt": receipt(leaf)}


def _next(of: Next) -> dict[str, Any]:
    if of.stopped:
        return {"to": "stopped", "message": of.stopped}
    return {"to": "page", "page": of.page} if of.page else {"to": "check"}
