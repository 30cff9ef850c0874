"""What may travel unencrypted: nothing beyond this machine, unless ALLOW_PLAINTEXT says that the network encrypts."""

from collections.abc import Mapping
from ipaddress import ip_address
from typing import Protocol
from urllib.parse import parse_qs, urlsplit

from sqlalchemy.engine import make_url
from sqlalchemy.exc import ArgumentError

from chassis.settings import BadSetting

_ENCRYPTED = {"require", "verify-ca", "verify-full"}  # PostgreSQL's sslmode
_WAY_OUT = "(or set ALLOW_PLAINTEXT=true where the network itself encrypts)"


class Reaching(Protocol):
    """Settings of a process that listens and has a database."""

    @property
    def host(self) -> str: ...
    @property
    def database_url(self) -> str: ...
    @property
    def tls_certificate(self) -> str: ...
    @property
    def allow_plaintext(self) -> bool: ...


def refuse(own: Reaching, calls: Mapping[str, str], *, listens: bool) -> None:
    """Refuse settings by which words would leave this machine in the clear. `calls` is `{setting: address}`; an empty
    address and a path are no calls. Raises BadSetting."""
    if own.allow_plaintext:
        return
    if listens and not own.tls_certificate and not is_loopback(own.host):
        raise BadSetting(f"HOST={own.host} is beyond this machine and needs TLS_CERTIFICATE and TLS_KEY {_WAY_OUT}")
    if _database_in_the_clear(own.database_url):
        raise BadSetting(f"DATABASE_URL needs sslmode=verify-full, verify-ca or require {_WAY_OUT}")
    for name, address in calls.items():
        refuse_call(name, address)


def refuse_call(name: str, address: str) -> None:
    """Refuse an address beyond this machine that is called without TLS. Raises BadSetting, which names the setting."""
    parts = urlsplit(address)
    if parts.scheme == "http" and not is_loopback(parts.hostname or ""):
        raise BadSetting(f"{name}: {parts.hostname} is beyond this machine and needs https:// {_WAY_OUT}")
    if parts.scheme == "kafka" and "ca" not in parse_qs(parts.query):
        hosts = [each.rpartition(":")[0].strip("[]") for each in parts.netloc.split(",")]
        if not all(map(is_loopback, hosts)):
            raise BadSetting(f"{name}: a broker beyond this machine needs ?ca=/path/of/authorities.pem {_WAY_OUT}")


def is_loopback(host: str) -> bool:
    """Whether the host is this machine. Names are not looked up: `localhost` is, all others are not."""
    try:
        return ip_address(host.split("%", maxsplit=1)[0]).is_loopback
    except ValueError:
        return host == "localhost"


def _database_in_the_clear(address: str) -> bool:
    try:
        url = make_url(address)
    except ArgumentError:
        return False  # whoever connects says it better
    if url.get_backend_name() != "postgresql" or url.query.get("sslmode") in _ENCRYPTED:
        return False
    asked = url.query.get("host", ())
    hosts = [url.host or "", *([asked] if isinstance(asked, str) else asked)]
    return not all(_stays(each) for each in hosts)


def _stays(host: str) -> bool:
    """Whether words to this database host stay here: no host and a folder are sockets of this machine."""
    return not host or host.startswith("/") or is_loopback(host) or is_loopback(host.rpartition(":")[0])
