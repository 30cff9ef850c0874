"""Passwords by Argon2id (RFC 9106). Hashing is admitted a core at a time, so that a crowd that signs in waits in line
instead of taking each other's memory; who would wait too long is told to come back.
"""

import os
import threading
import unicodedata
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

from chassis.errors import Unavailable
from identity.settings import Settings

_CORES = threading.BoundedSemaphore(os.cpu_count() or 1)  # the machine's cores, whatever apps share the process
_PATIENCE_SECONDS = 5.0


class Passwords:
    """Hashes and verifies with the settings' parameters; hashes of other parameters are verified too."""

    def __init__(self, settings: Settings) -> None:
        self._hasher = _hasher(settings.argon2_passes, settings.argon2_kib, settings.argon2_lanes)
        self._nobodys = _nobodys(settings.argon2_passes, settings.argon2_kib, settings.argon2_lanes)

    def hash(self, password: str) -> str:
        """A new hash with a salt of its own. Raises Unavailable."""
        with _one_core():
            return self._hasher.hash(_normal(password))

    def verify(self, hash_: str | None, password: str) -> bool:
        """Whether it is the password. With None, for an unknown login, it takes as long and is not. Raises
        Unavailable."""
        with _one_core():
            try:
                return self._hasher.verify(hash_ or self._nobodys, _normal(password)) and hash_ is not None
            except (VerificationError, InvalidHashError):
                return False

    def is_old(self, hash_: str) -> bool:
        """Whether the hash was made with other parameters than the settings'."""
        return self._hasher.check_needs_rehash(hash_)


@contextmanager
def _one_core() -> Iterator[None]:
    if not _CORES.acquire(timeout=_PATIENCE_SECONDS):
        raise Unavailable("Too many people are signing in at this moment.")
    try:
        yield
    finally:
        _CORES.release()


def _normal(password: str) -> str:
    return unicodedata.normalize("NFKC", password)  # the same password from every keyboard


@cache
def _hasher(passes: int, kib: int, lanes: int) -> PasswordHasher:
    return PasswordHasher(time_cost=passes, memory_cost=kib, parallelism=lanes)


@cache
def _nobodys(passes: int, kib: int, lanes: int) -> str:
    return _hasher(passes, kib, lanes).hash(os.urandom(16).hex())
