"""Cases on the wire."""

from typing import Any
from uuid import UUID

from chassis.clock import text
from engagement.helpdesk.model import Case, Question, Topic


def question(body: dict[str, Any]) -> Question:
    process_id = body.get("processId")
    return Question(
        Topic(body["topic"]), body["question"], body.get("language"), UUID(process_id) if process_id else None
    )


def case(of: Case) -> dict[str, Any]:
    """As whoever asked sees it."""
    return {
        "code": of.code,
        "topic": of.topic,
        "question": of.question,
        "state": of.state,
        "askedAt": text(of.asked_at),
        "answer": of.answer,
        "answeredAt": text(of.answered_at) if of.answered_at else None,
    }


def desk(of: Case) -> dict[str, Any]:
    """As officials see it: without the code, which is the asker's."""
    own = case(of)
    del own["code"]
    about = {"id": str(of.id), "processId": str(of.process_id) if of.process_id else None, "language": of.language}
    return about | own
