"""Questions through the information mediator, for one request of one person.

A refusal of a block, or of the mediator before it, is a problem document (RFC 9457) and is raised as Refusal.
"""

import logging
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from chassis.errors import Unavailable
from chassis.http_client import Answer, PeerClient, PeerRefused
from portal.peers.wire import Json

log = logging.getLogger(__name__)


class Refusal(Exception):
    """What was answered instead of the thing asked for. `errors` is `((pointer, detail), …)`."""

    def __init__(self, status: int, slug: str, problem: Mapping[str, Any] | None = None) -> None:
        super().__init__(slug)
        problem = problem or {}
        self.status = status
        self.slug = slug
        self.title = str(problem.get("title") or "")
        self.detail = str(problem.get("detail") or "")
        self.errors = tuple(
            (str(error.get("pointer", "")), str(error.get("detail", ""))) for error in problem.get("errors") or ()
        )

    @classmethod
    def of(cls, refused: PeerRefused) -> "Refusal":
        """`slug` is the last part of the problem's type; what is no problem document has that of its status."""
        slug = str(refused.problem.get("type", "")).rstrip("/").rpartition("/")[2]
        known = slug if slug and slug != "about:blank" else f"status-{refused.status}"
        return cls(refused.status, known, refused.problem)


@dataclass(frozen=True, slots=True)
class Download:
    """A file or a part of one; `next` is where its next part begins, None after the last."""

    content: bytes
    media_type: str
    next: str | None


@dataclass(frozen=True)
class Gateway:
    """`person_token` is None where nobody is signed in; `visitor_key` is whose who takes part without an account,
    `response_key` that of one answer to a survey which somebody began on another device."""

    peers: PeerClient
    person_token: str | None = None
    language: str = "en"
    visitor_key: str | None = None
    response_key: str | None = None

    def get(self, application: str, path: str, *, query: Mapping[str, object] | None = None) -> Json:
        return self._ask(application, "GET", path, query=query)

    def post(self, application: str, path: str, *, body: Json = None, idempotency_key: str | None = None) -> Json:
        return self._ask(application, "POST", path, body=body, idempotency_key=idempotency_key)

    def download(self, application: str, path: str, *, query: Mapping[str, object] | None = None) -> Download:
        """What is no JSON: pictures, files."""
        answer = self._answer(application, "GET", path, query=query, headers={"Accept": "*/*"})
        return Download(answer.content, answer.headers.get("Content-Type", ""), answer.headers.get("Next-Cursor"))

    def upload(self, application: str, path: str, content: bytes, media_type: str) -> Json:
        """A file as it is; gives the block's JSON."""
        return self._answer(application, "POST", path, body=content, headers={"Content-Type": media_type}).body

    def put(self, application: str, path: str, *, body: Json) -> Json:
        return self._ask(application, "PUT", path, body=body)

    def delete(self, application: str, path: str) -> None:
        self._ask(application, "DELETE", path)

    def _ask(
        self,
        application: str,
        verb: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        body: Json = None,
        idempotency_key: str | None = None,
    ) -> Json:
        return self._answer(application, verb, path, query=query, body=body, idempotency_key=idempotency_key).body

    def _answer(
        self,
        application: str,
        verb: str,
        path: str,
        *,
        query: Mapping[str, object] | None = None,
        body: Json | bytes = None,
        idempotency_key: str | None = None,
        headers: Mapping[str, str] | None = None,
    ) -> Answer:
        try:
            return self.peers.call(
                application,
                verb,
                path,
                query={name: value for name, value in (query or {}).items() if value is not None},
                body=body,
                person_token=self.person_token,
                idempotency_key=idempotency_key,
                headers={"Accept-Language": self.language, **self._visitor(), **(headers or {})},
            )
        except PeerRefused as refused:
            refusal = Refusal.of(refused)
            log.info("refused", extra={"slug": refusal.slug, "status": refusal.status, "application": application})
            raise refusal from refused
        except Unavailable as error:
            log.warning("no answer from a peer", extra={"application": application, "reason": error.detail})
            raise Refusal(503, "unavailable") from error

    def _visitor(self) -> dict[str, str]:
        keys = {"Visitor-Key": self.visitor_key, "Response-Key": self.response_key}
        return {name: key for name, key in keys.items() if key}
