"""The load client: it asks through the mediator as the demonstration's application, and writes each attempt down."""

import asyncio
import json
import time
from dataclasses import dataclass
from typing import Any
from uuid import uuid4

import aiohttp

from mesh.demo.client import Mediated
from mesh.layout import MEMBER, Layout
from tests.faults.checker.chains import body_hash
from tests.faults.ledger import Ledger

_TIMEOUT = aiohttp.ClientTimeout(total=20)
_PATIENCE_SECONDS = 150.0
_PAUSE_SECONDS = 0.3
_RENEW_SECONDS = 1800.0


class GaveUp(RuntimeError):
    """Nobody answered in all the time that a fault may take."""


@dataclass(frozen=True)
class Answer:
    """Status below 500, and the decoded body."""

    status: int
    body: Any


class Client:
    """One application. What is not answered is asked again, under the same Idempotency-Key."""

    def __init__(self, layout: Layout, http: aiohttp.ClientSession, ledger: Ledger) -> None:
        self._layout, self._http, self._ledger = layout, http, ledger
        self._mediated = Mediated(layout, http)
        self._token, self._token_at = "", -_RENEW_SECONDS

    async def ask(
        self,
        method: str,
        path: str,
        body: Any = None,
        *,
        person: str,
        kind: str = "",
        about: dict[str, Any] | None = None,
    ) -> Answer:
        """`kind` and `about` say what the effect will be known by; without them it is none that the checker looks for.
        Raises GaveUp."""
        operation, content = str(uuid4()), b"" if body is None else json.dumps(body).encode()
        deadline = time.monotonic() + _PATIENCE_SECONDS
        while time.monotonic() < deadline:
            answer = await self._attempt(operation, kind or "other", about or {}, method, path, content, person)
            if answer is not None:
                return answer
            await asyncio.sleep(_PAUSE_SECONDS)
        raise GaveUp(f"{method} {path}")

    async def must(self, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """The body of a 2xx answer. Raises GaveUp, also when it is refused."""
        answer = await self.ask(method, path, body, **options)
        if answer.status >= 300:
            raise GaveUp(f"{method} {path}: {answer.status} {answer.body}")
        return answer.body

    async def _attempt(
        self, operation: str, kind: str, about: dict[str, Any], method: str, path: str, content: bytes, person: str
    ) -> Answer | None:
        """None when nobody knows what became of it."""
        sent, url = body_hash(content), f"{self._layout.gateway_url}/r1/{MEMBER}/engagement/api/{path.lstrip('/')}"
        try:
            headers = await self._headers(operation, person, content)
        except (aiohttp.ClientError, TimeoutError, ValueError, KeyError):
            return None  # the request itself was not made
        try:
            async with self._http.request(method, url, data=content, headers=headers, timeout=_TIMEOUT) as answer:
                raw, exchange = await answer.read(), answer.headers.get("X-Road-Request-Id")
        except (aiohttp.ClientError, TimeoutError):
            self._ledger.attempt(operation, kind, about, body=sent)
            return None
        told = json.loads(raw) if raw[:1] in (b"{", b"[") else None
        known = answer.status < 500 and answer.status != 429
        self._ledger.attempt(
            operation, kind, about, body=sent, status=answer.status if known else None,
            exchange=exchange if known else None, answered=body_hash(raw), answer=_id(told),
        )  # fmt: skip
        return Answer(answer.status, told) if known else None

    async def _headers(self, operation: str, person: str, content: bytes) -> dict[str, str]:
        headers = {
            "Information-Mediator-Client": self._mediated.client_id,
            "Proxy-Authorization": f"Bearer {await self._own_token()}",
            "Authorization": f"Bearer {person}",
            "Accept-Encoding": "identity",
            "Idempotency-Key": operation,
        }
        return headers | ({"Content-Type": "application/json"} if content else {})

    async def _own_token(self) -> str:
        if time.monotonic() - self._token_at > _RENEW_SECONDS:
            url = f"{self._layout.gateway_url}/r1/{MEMBER}/identity/api/oauth/v2/token"
            form = {"grant_type": "client_credentials"}
            async with self._http.post(url, data=form, headers=self._mediated.basic, timeout=_TIMEOUT) as answer:
                self._token, self._token_at = (await answer.json())["access_token"], time.monotonic()
        return self._token


def _id(told: Any) -> str | None:
    if not isinstance(told, dict):
        return None
    found = told.get("contribution", told).get("id") if isinstance(told.get("contribution", told), dict) else None
    return str(found) if found else None
