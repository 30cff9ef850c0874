"""TLS of a process: 1.3 and nothing older, for what it serves and for what it calls.

The files are looked at again while the process runs, so that a renewed certificate and a new authority need no restart.
"""

import logging
import ssl
from pathlib import Path

from chassis.settings import BadSetting

log = logging.getLogger(__name__)
REFRESH_SECONDS = 60

_Looks = tuple[tuple[int, int, int], ...]  # modification time in nanoseconds, inode and bytes of each file


class Certificate:
    """What a process proves itself with to its clients. Raises BadSetting for files that are no such pair."""

    def __init__(self, certificate: str, key: str) -> None:
        self._certificate, self._key = certificate, key
        self._looked = self._look()
        self.context = self._made()

    def refresh(self) -> bool:
        """Take up the files if they changed; whether they were. Connections that stand keep what they began with."""
        try:
            looks = self._look()
            if looks == self._looked:
                return False
            self._made()  # on a context of its own: a pair half written would spoil the one that serves
            self.context.load_cert_chain(self._certificate, self._key)
        except (BadSetting, OSError):
            log.warning("a changed certificate cannot be used; the one before stays", exc_info=True)
            return False
        self._looked = looks
        log.info("a changed certificate is in use")
        return True

    def _made(self) -> ssl.SSLContext:
        context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        context.set_alpn_protocols(["http/1.1"])
        try:
            context.load_cert_chain(self._certificate, self._key, password=_no_password)
        except (OSError, ValueError) as error:
            raise BadSetting(f"TLS_CERTIFICATE and TLS_KEY cannot be used: {_said(error)}") from error
        return context

    def _look(self) -> _Looks:
        try:
            return _looks(self._certificate, self._key)
        except OSError as error:
            raise BadSetting(f"TLS_CERTIFICATE and TLS_KEY cannot be read: {_said(error)}") from error


class Authorities:
    """Whom a process believes about its peers: the authorities in a PEM file, or the system's for an empty path.
    Raises BadSetting for a file that holds none."""

    def __init__(self, path: str = "") -> None:
        self._path = path
        self._looked: _Looks = ()
        self._context: ssl.SSLContext | None = None  # the system's cost 20 ms, which a mesh on one machine never needs
        if path:
            self.context()

    def context(self) -> ssl.SSLContext:
        """For a connection now. Another object than before when the file changed, so that pools begin anew."""
        if self._context is None:
            self._looked, self._context = self._look(), self._made()
        elif self._path:
            self._refresh()
        return self._context

    def _refresh(self) -> None:
        try:
            looks = self._look()
            if looks != self._looked:
                self._context, self._looked = self._made(), looks
                log.info("changed authorities are in use")
        except BadSetting:
            log.warning("changed authorities cannot be used; those before stay", exc_info=True)

    def _made(self) -> ssl.SSLContext:
        try:
            context = ssl.create_default_context(cafile=self._path or None)
        except OSError as error:
            raise BadSetting(f"TLS_CA cannot be used: {_said(error)}") from error
        context.minimum_version = ssl.TLSVersion.TLSv1_3
        return context

    def _look(self) -> _Looks:
        try:
            return _looks(self._path) if self._path else ()
        except OSError as error:
            raise BadSetting(f"TLS_CA cannot be read: {_said(error)}") from error


def certificate(certificate_file: str, key_file: str) -> Certificate | None:
    """What TLS_CERTIFICATE and TLS_KEY name; None when neither does. Raises BadSetting for one without the other."""
    if not certificate_file and not key_file:
        return None
    if not (certificate_file and key_file):
        raise BadSetting("TLS_CERTIFICATE and TLS_KEY are told together or not at all")
    return Certificate(certificate_file, key_file)


def _looks(*paths: str) -> _Looks:
    stats = [Path(path).stat() for path in paths]
    return tuple((each.st_mtime_ns, each.st_ino, each.st_size) for each in stats)


def _no_password() -> str:
    raise ValueError("the key is protected by a passphrase")  # or OpenSSL would ask on the terminal


def _said(error: Exception) -> str:
    return getattr(error, "reason", None) or getattr(error, "strerror", None) or str(error)
