"""Calls through the mediator, as the application `demo`, for one person after another.

What does not answer is asked again, for two minutes: the mesh may be restarting a process. Requests that create carry
an Idempotency-Key, so that asking again does nothing twice.
"""

import asyncio
import base64
import time
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import aiohttp

from mesh.layout import MEMBER, Layout

_PATIENCE_SECONDS = 120.0
_RENEW_AFTER_SECONDS = 1800.0
_TIMEOUT = aiohttp.ClientTimeout(total=30)


class Refused(RuntimeError):
    """A call that must succeed was answered with a problem."""


@dataclass(frozen=True)
class Answer:
    """Status and decoded body."""

    status: int
    body: Any

    @property
    def slug(self) -> str:
        """The problem's slug, empty for an answer that is none."""
        return str(self.body.get("type", "")).rsplit("/", 1)[-1] if isinstance(self.body, dict) else ""


class Mediated:
    """The mediator, seen by one application."""

    def __init__(self, layout: Layout, http: aiohttp.ClientSession) -> None:
        self._layout, self.http = layout, http
        self._client_id = f"{MEMBER}/demo"
        self._secret = layout.secret("client-demo").read_text()
        self._token = ""
        self._token_at = -_RENEW_AFTER_SECONDS
        self._renewing = asyncio.Lock()

    @property
    def basic(self) -> dict[str, str]:
        """The header by which the application proves itself to identity (RFC 6749 §2.3.1: both parts form-encoded)."""
        pair = f"{quote(self._client_id, safe='')}:{quote(self._secret, safe='')}"
        return {"Authorization": f"Basic {base64.b64encode(pair.encode()).decode()}"}

    @property
    def client_id(self) -> str:
        return self._client_id

    async def call(
        self,
        application: str,
        method: str,
        path: str,
        body: Any = None,
        *,
        person: str | None = None,
        key: str | None = None,
        query: dict[str, str] | None = None,
    ) -> Answer:
        """Any answer below 500. `person` is her access token, `key` an Idempotency-Key."""
        url = f"{self._layout.gateway_url}/r1/{MEMBER}/{application}/api/{path.lstrip('/')}"
        headers = {"Information-Mediator-Client": self._client_id}
        if person:
            headers["Authorization"] = f"Bearer {person}"
        if key:
            headers["Idempotency-Key"] = key

        async def ask() -> Answer:
            proof = {"Proxy-Authorization": f"Bearer {await self._application_token()}"}
            async with self.http.request(
                method, url, json=body, headers=headers | proof, params=query, timeout=_TIMEOUT
            ) as answer:
                text = await answer.text()
                decoded = await answer.json(content_type=None) if text else None
                return Answer(answer.status, decoded)

        return await patiently(ask)

    async def must(self, application: str, method: str, path: str, body: Any = None, **options: Any) -> Any:
        """The decoded body of a 2xx answer. Raises Refused."""
        answer = await self.call(application, method, path, body, **options)
        if answer.status >= 300:
            raise Refused(f"{method} {path}: {answer.status} {answer.body}")
        return answer.body

    async def _application_token(self) -> str:
        async with self._renewing:
            if time.monotonic() - self._token_at > _RENEW_AFTER_SECONDS:
                url = f"{self._layout.gateway_url}/r1/{MEMBER}/identity/api/oauth/v2/token"
                form = {"grant_type": "client_credentials"}
                async with self.http.post(url, data=form, headers=self.basic, timeout=_TIMEOUT) as answer:
                    if answer.status != 200:
                        raise aiohttp.ClientError(f"no token: {answer.status}")
                    self._token = (await answer.json())["access_token"]
                    self._token_at = time.monotonic()
            return self._token


async def patiently(ask: Any) -> Answer:
    """Ask again while nobody answers or the answer is that of a fault (5xx, 429). Raises Refused in the end."""
    deadline = time.monotonic() + _PATIENCE_SECONDS
    pause = 0.05
    while True:
        try:
            answer: Answer = await ask()
            if answer.status < 500 and answer.status != 429:
                return answer
            reason = f"{answer.status} {answer.body}"
        except (aiohttp.ClientError, TimeoutError, ValueError) as error:
            reason = repr(error)
        if time.monotonic() > deadline:
            raise Refused(f"no answer for {_PATIENCE_SECONDS:.0f} seconds: {reason}")
        await asyncio.sleep(pause)
        pause = min(pause * 2, 2.0)
