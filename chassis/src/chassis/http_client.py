"""Calls to other blocks, always through the information mediator, never inside a transaction (ADR 0006)."""

import ssl
import threading
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import quote

import orjson
import requests
from requests.adapters import HTTPAdapter

from chassis import tracing
from chassis.database import transaction_is_open
from chassis.errors import Refusal, Unavailable
from chassis.tls import Authorities

_TIMEOUT_SECONDS = (3.05, 15)  # to connect, to answer
_RENEW_BEFORE_SECONDS = 60
_YOUNG_SECONDS = 60
_IDLE_SECONDS = 4  # less than what a server stays up after it became unready: none is asked while it hangs up


class PeerRefused(Refusal):
    """The peer answered with a problem document, or with a redirect, which is not followed; `status` and `problem` are
    its own."""

    def __init__(self, status: int, problem: dict[str, Any]) -> None:
        super().__init__(str(problem.get("detail") or problem.get("title") or problem.get("message") or status))
        self.status = status
        self.problem = problem


@dataclass(frozen=True, slots=True)
class Answer:
    """A peer's answer of 2xx: its status and decoded JSON (None without a body); what is no JSON stands in `content`,
    as it came."""

    status: int
    body: Any
    content: bytes = field(default=b"", compare=False, repr=False)
    headers: Mapping[str, str] = field(default_factory=dict, compare=False, repr=False)


class TlsAdapter(HTTPAdapter):
    """Lets the context alone decide whom to believe; requests would add a bundle of its own."""

    def __init__(self, context: ssl.SSLContext) -> None:
        self._context = context
        super().__init__(pool_maxsize=1)

    def init_poolmanager(self, *args: Any, **more: Any) -> None:  # Any: as requests declares it
        super().init_poolmanager(*args, ssl_context=self._context, **more)

    def cert_verify(self, conn: Any, *_: Any) -> None:  # Any: as above
        """The context carries the authorities and checks the host's name."""
        conn.cert_reqs = "CERT_REQUIRED"


def session(context: ssl.SSLContext | None) -> requests.Session:
    """A session to peers: no proxy, no .netrc, because a block talks to its mediator and nobody else. None where they
    are called without TLS."""
    made = requests.Session()
    made.trust_env = False
    made.mount("http://", HTTPAdapter(pool_maxsize=1))
    if context is not None:
        made.mount("https://", TlsAdapter(context))
    return made


class PeerClient:
    """Speaks as one application, with a token of its own that it renews before it ends. `authorities` is a PEM file of
    whom to believe about the mediator; the system's when it is empty."""

    def __init__(self, gateway_url: str, client_id: str, client_secret: str, authorities: str = "") -> None:
        self._authorities = Authorities(authorities) if gateway_url.startswith("https:") else None
        self._gateway = gateway_url.rstrip("/")
        self._client_id = client_id
        self._member, self.application = client_id.rsplit("/", 1)
        self._secret = client_secret
        self._sessions = threading.local()
        self._token = ("", 0.0)
        self._fetched_at = 0.0
        self._token_lock = threading.Lock()

    def call(
        self,
        application: str,
        method: str,
        path: str,
        *,
        body: Any = None,
        query: dict[str, Any] | None = None,
        person_token: str | None = None,
        on_behalf_of: str | None = None,
        idempotency_key: str | None = None,
        headers: dict[str, str] | None = None,
    ) -> Answer:
        """Ask a block; `on_behalf_of` is a person as this application knows her. A body of bytes goes as it is, under
        the Content-Type that `headers` name; any other as JSON. Raises PeerRefused, Unavailable."""
        if transaction_is_open():
            raise RuntimeError("a peer is not called while a transaction is open; put a job instead")
        sent = {
            "Information-Mediator-Client": self._client_id,
            "Proxy-Authorization": f"Bearer {self._access_token()}",
            "Accept": "application/json",
            **tracing.headers(),
            **(headers or {}),
        }
        if person_token:
            sent["Authorization"] = f"Bearer {person_token}"
        if on_behalf_of:
            sent["Baraza-On-Behalf-Of"] = on_behalf_of
        if idempotency_key:
            sent["Idempotency-Key"] = idempotency_key
        if body is not None:
            sent.setdefault("Content-Type", "application/json")
        url = f"{self._gateway}/r1/{self._member}/{application}/api/{path.lstrip('/')}"
        try:
            data = body if body is None or isinstance(body, bytes) else orjson.dumps(body)
            return self._send(method, url, sent, query, data)
        except PeerRefused as refused:
            if refused.status == 401:
                self._distrust_token()
            raise

    def _send(
        self, method: str, url: str, headers: dict[str, str], query: dict[str, Any] | None, data: bytes | None
    ) -> Answer:
        try:
            response = self._session().request(
                method, url, headers=headers, params=query, data=data, timeout=_TIMEOUT_SECONDS, allow_redirects=False
            )
        except requests.RequestException as error:
            raise Unavailable("A peer does not answer.") from error
        if response.status_code >= 500 or response.status_code == 429:
            raise Unavailable(f"A peer answered {response.status_code}.")
        answer = _decoded(response)
        if response.status_code >= 300:
            raise PeerRefused(response.status_code, answer if isinstance(answer, dict) else {})
        return Answer(response.status_code, answer, response.content, response.headers)

    def _access_token(self) -> str:
        token, ends_at = self._token
        if time.monotonic() < ends_at - _RENEW_BEFORE_SECONDS:
            return token
        with self._token_lock:
            token, ends_at = self._token
            if time.monotonic() < ends_at - _RENEW_BEFORE_SECONDS:
                return token
            self._token = self._fetch_token()
            self._fetched_at = time.monotonic()
            return self._token[0]

    def _distrust_token(self) -> None:
        """Identity may have new keys: ask it again with the next call. Not for a young token, because it is mostly a
        person's own token that was refused."""
        with self._token_lock:
            if time.monotonic() - self._fetched_at > _YOUNG_SECONDS:
                self._token = ("", 0.0)

    def _fetch_token(self) -> tuple[str, float]:
        url = f"{self._gateway}/r1/{self._member}/identity/api/oauth/v2/token"
        try:
            response = self._session().post(
                url,
                data={"grant_type": "client_credentials"},
                auth=(quote(self._client_id, safe=""), self._secret),
                timeout=_TIMEOUT_SECONDS,
                allow_redirects=False,
            )
        except requests.RequestException as error:
            raise Unavailable("Identity does not answer.") from error
        answer = _decoded(response)
        if response.status_code != 200 or not isinstance(answer, dict) or "access_token" not in answer:
            raise Unavailable(f"Identity gave no token ({response.status_code}).")
        return answer["access_token"], time.monotonic() + answer.get("expires_in", 0)

    def _session(self) -> requests.Session:
        own, now = self._sessions, time.monotonic()
        context = self._authorities.context() if self._authorities else None
        if getattr(own, "session", None) is None or own.context is not context:
            own.session, own.context = session(context), context
        elif now - own.used_at > _IDLE_SECONDS:
            own.session.close()  # it opens a new connection with the next call
        own.used_at = now
        kept: requests.Session = own.session
        return kept


def _decoded(response: requests.Response) -> Any:
    if not response.content:
        return None
    try:
        return orjson.loads(response.content)
    except orjson.JSONDecodeError:
        return response.text
