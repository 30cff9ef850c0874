"""X-Road-Request-Hash: what the provider's answer answers (X-Road PR-REST). Pure."""

import base64
import hashlib
from collections.abc import Iterable


def request_hash(method: str, target: str, headers: Iterable[tuple[str, str]], request_id: str, body: bytes) -> str:
    """Base64 of SHA-512(SHA-512(head) + SHA-512(body)), or of SHA-512(head) without a body.

    The head is `VERB CRLF path?query CRLF` and `Name:Value CRLF` for each of `headers` in order of arrival, then
    `x-road-request-id`. Which headers count is `headers.hashed`.
    """
    lines = [method, target, *(f"{name}:{value}" for name, value in headers), f"x-road-request-id:{request_id}", ""]
    digest = hashlib.sha512("\r\n".join(lines).encode("utf-8", "surrogateescape")).digest()
    if body:
        digest = hashlib.sha512(digest + hashlib.sha512(body).digest()).digest()
    return base64.b64encode(digest).decode()
