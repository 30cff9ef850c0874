"""The way to the provider: one request there, its answer back, nothing followed, nothing kept."""

import io
from dataclasses import dataclass

import aiohttp
from multidict import CIMultiDict
from yarl import URL

from chassis.errors import Unavailable
from chassis.tls import Authorities
from gateway.mediation.headers import Headers

# Left to itself the client would add these, and the provider would see what the caller never said.
_NOT_OURS = frozenset({"Accept", "Accept-Encoding", "Content-Type", "User-Agent"})
_STREAMED_ABOVE_BYTES = 1024 * 1024


class NetworkError(Unavailable):
    """The provider cannot be reached, or breaks off."""


class ProviderTimedOut(Unavailable):
    """The provider does not answer in time."""


class ServiceFailed(Unavailable):
    """The provider's answer cannot be relayed."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What the provider said. `body` is as it came, still compressed if it was."""

    status: int
    reason: str
    headers: Headers
    body: bytes


class Forwarder:
    """One client session to all providers, from `open` to `close`. `authorities` is a PEM file of whom to believe about
    them; the system's when it is empty."""

    def __init__(
        self,
        *,
        timeout_seconds: float,
        connect_seconds: float,
        connections: int,
        max_answer_bytes: int,
        authorities: str = "",
    ) -> None:
        self._timeout = aiohttp.ClientTimeout(total=timeout_seconds, sock_connect=connect_seconds)
        self._connections = connections
        self._most = max_answer_bytes
        self._authorities = Authorities(authorities)
        self._session: aiohttp.ClientSession | None = None

    def open(self) -> None:
        """Call inside the event loop."""
        self._session = aiohttp.ClientSession(
            # Less than a block's 5 seconds, idle or draining, so that we hang up first and no call meets a closing one.
            connector=aiohttp.TCPConnector(limit=self._connections, keepalive_timeout=4),
            timeout=self._timeout,
            cookie_jar=aiohttp.DummyCookieJar(),
            auto_decompress=False,
            trust_env=False,
            skip_auto_headers=_NOT_OURS,
        )

    async def send(self, method: str, url: str, headers: Headers, body: bytes) -> Answer:
        """Raises NetworkError, ProviderTimedOut, ServiceFailed. `url` goes out letter by letter."""
        assert self._session is not None, "open() comes first"  # noqa: S101 - a mistake of ours, not of a caller
        data = io.BytesIO(body) if len(body) > _STREAMED_ABOVE_BYTES else body or None
        believed = self._authorities.context() if url.startswith("https:") else True
        try:
            async with self._session.request(
                method,
                URL(url, encoded=True),
                headers=CIMultiDict(headers),
                data=data,
                allow_redirects=False,
                ssl=believed,
            ) as response:
                told = list(response.headers.items())
                return Answer(response.status, response.reason or "", told, await self._body(response))
        except TimeoutError:
            raise ProviderTimedOut("The provider does not answer in time.") from None
        except (aiohttp.ClientError, OSError, ValueError) as error:
            raise NetworkError("The provider cannot be reached.") from error

    async def close(self) -> None:
        """Let all connections go."""
        if self._session is not None:
            await self._session.close()

    async def _body(self, response: aiohttp.ClientResponse) -> bytes:
        if not _relayable(response):
            raise ServiceFailed("The provider's answer cannot be relayed.")
        if (response.content_length or 0) > self._most:
            raise ServiceFailed("The provider's answer is too large.")
        if response.content_length is not None:
            return await response.read()
        parts, size = [], 0
        async for part in response.content.iter_any():
            size += len(part)
            if size > self._most:
                raise ServiceFailed("The provider's answer is too large.")
            parts.append(part)
        return b"".join(parts)


def _relayable(response: aiohttp.ClientResponse) -> bool:
    """An answer that HTTP/1.1 can say again: a final status, header values in UTF-8."""
    try:
        "".join(response.headers.values()).encode()
    except UnicodeEncodeError:
        return False
    return response.status >= 200
