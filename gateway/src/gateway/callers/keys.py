"""Identity's public keys: fetched when one is missing, kept while identity is away."""

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from joserfc.errors import JoseError
from joserfc.jwk import Key, KeySet

from chassis.errors import Unavailable

Fetch = Callable[[], Awaitable[Any]]  # the JWKS document as parsed JSON; raises Unavailable, OSError or ValueError

REFETCH_SECONDS = 10.0  # a forged key id must not make us ask identity more often
RETRY_SECONDS = 1.0  # after a failure, so that a mesh that is starting finds its keys at once
_AGED_SECONDS = 300.0  # a withdrawn key is forgotten after this at the latest

log = logging.getLogger(__name__)


class IdentityUnavailable(Unavailable):
    """No key of identity is known and identity does not answer."""


class IdentityKeys:
    """`monotonic` gives seconds that never go back."""

    def __init__(self, fetch: Fetch, monotonic: Callable[[], float]) -> None:
        self._fetch = fetch
        self._monotonic = monotonic
        self._keys: Mapping[str, Key] = {}
        self._fetched_at = float("-inf")
        self._next_at = float("-inf")
        self._one = asyncio.Lock()

    async def find(self, key_id: str) -> Key | None:
        """The key of this id; None when identity has no such key. Raises IdentityUnavailable without any key."""
        now = self._monotonic()
        if key_id not in self._keys or now - self._fetched_at > _AGED_SECONDS:
            async with self._one:
                if self._monotonic() >= self._next_at and (key_id not in self._keys or self._aged()):
                    await self._refetch()
        if not self._keys:
            raise IdentityUnavailable("Nobody can be identified at the moment.")
        return self._keys.get(key_id)

    def _aged(self) -> bool:
        return self._monotonic() - self._fetched_at > _AGED_SECONDS

    async def _refetch(self) -> None:
        try:
            document = await self._fetch()
            found = KeySet.import_key_set(document)
            self._keys = {key.kid: key for key in found.keys if key.kid and key.get("use", "sig") == "sig"}
            self._fetched_at = self._monotonic()
            self._next_at = self._fetched_at + REFETCH_SECONDS
        except (Unavailable, OSError, ValueError, TypeError, KeyError, AttributeError, JoseError):
            self._next_at = self._monotonic() + (REFETCH_SECONDS if self._keys else RETRY_SECONDS)
            log.warning("identity's keys cannot be fetched", exc_info=True)
