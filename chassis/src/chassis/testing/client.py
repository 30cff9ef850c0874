"""A client that calls an app in this process, for any caller, over the same ASGI road as a real request."""

import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import orjson
from joserfc import jwt
from joserfc.jwk import OKPKey
from starlette.testclient import TestClient

from chassis.context import HEADER, TYPE


class Speaker:
    """The mediator's signing key, for tests."""

    def __init__(self) -> None:
        self._key = OKPKey.generate_key("Ed25519", {"kid": "test"}, private=True)

    def write_keys(self, folder: Path) -> Path:
        """A file with the public keys, as `CONTEXT_KEYS` names it."""
        path = folder / "context-keys.json"
        path.write_bytes(orjson.dumps({"keys": [self._key.as_dict(private=False)]}))
        return path

    def context(self, audience: str, caller: Mapping[str, Any], **claims: Any) -> str:
        """A signed context; `claims` override what it says."""
        now = int(time.time())
        said = {
            "aud": audience,
            "iat": now,
            "exp": now + 60,
            "app": caller.get("application", "BARAZA/GOV/1001/portal"),
        }
        said["scopes"] = sorted(caller.get("scopes", ()))
        if caller.get("subject"):
            said |= {"sub": caller["subject"], "roles": sorted(caller.get("roles", ())), "auth_time": now}
        return jwt.encode(
            {"alg": "Ed25519", "kid": "test", "typ": TYPE}, said | claims, self._key, algorithms=["Ed25519"]
        )


@dataclass(frozen=True)
class Reply:
    """An answer: status, decoded body, headers."""

    status: int
    body: Any
    headers: Mapping[str, str]


class Client:
    """Calls a block for one caller."""

    def __init__(self, app: Any, speaker: Speaker, audience: str, caller: Mapping[str, Any]) -> None:
        self._http = TestClient(app, raise_server_exceptions=False)
        self._speaker, self._audience, self._caller = speaker, audience, caller

    def __call__(self, method: str, path: str, body: Any = None, headers: Mapping[str, str] | None = None) -> Reply:
        """Send; a body that is not bytes goes as JSON."""
        sent = {HEADER: self._speaker.context(self._audience, self._caller), **(headers or {})}
        content = body if body is None or isinstance(body, bytes) else orjson.dumps(body)
        if content is not None:
            sent.setdefault("Content-Type", "application/json")
        answer = self._http.request(method, path, content=content, headers={k: v for k, v in sent.items() if v})
        is_json = answer.headers.get("content-type", "").endswith(("/json", "+json"))
        decoded = orjson.loads(answer.content) if is_json else answer.text
        return Reply(answer.status_code, decoded, answer.headers)

    def get(self, path: str, **headers: str) -> Reply:
        return self("GET", path, headers=headers)

    def post(self, path: str, body: Any = None, **headers: str) -> Reply:
        return self("POST", path, body, {name.replace("_", "-"): value for name, value in headers.items()})

    def put(self, path: str, body: Any = None) -> Reply:
        return self("PUT", path, body)

    def delete(self, path: str) -> Reply:
        return self("DELETE", path)


def assert_problem(reply: Reply, status: int, slug: str) -> None:
    """The reply is this problem document."""
    assert reply.status == status, reply
    assert reply.headers["content-type"].startswith("application/problem+json"), reply.headers
    assert reply.body["type"] == f"/problems/{slug}", reply.body
