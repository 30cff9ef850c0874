"""Settings: one frozen dataclass a service, read once from the environment, each field with a line of meaning.

A field marked secret may come from a file: `CLIENT_SECRET_FILE=/run/secrets/x` stands for `CLIENT_SECRET`.
"""

from collections.abc import Mapping
from dataclasses import MISSING, Field, dataclass, field, fields
from pathlib import Path
from typing import Any, TypeVar, get_type_hints

S = TypeVar("S")


class BadSetting(ValueError):
    """A setting is missing or unreadable; the message names it."""


def setting(meaning: str, default: Any = MISSING, *, secret: bool = False) -> Any:  # Any: a dataclass field
    """A setting with its meaning; without a default it is required."""
    return field(default=default, metadata={"meaning": meaning, "secret": secret})


@dataclass(frozen=True, kw_only=True)
class ServiceSettings:
    """What every block is told."""

    host: str = setting("Address to listen on", "127.0.0.1")
    port: int = setting("Port to listen on")
    database_url: str = setting(
        "SQLAlchemy address of the block's own database: sqlite:///… or postgresql+psycopg://…", secret=True
    )
    events_url: str = setting("Broker: embedded:///<folder> or kafka://host:port[,…][?ca=…&certificate=…&key=…]", "")
    tls_certificate: str = setting("Certificate chain (PEM file) to serve with; empty serves plain HTTP", "")
    tls_key: str = setting("Private key (PEM file) of that certificate", "")
    tls_ca: str = setting("Authorities (PEM file) of peers' certificates; empty is the system's", "")
    allow_plaintext: bool = setting("Go beyond loopback without TLS: only where the network encrypts", False)
    drain_seconds: float = setting("How long to stay up, unready, after SIGTERM before new calls are refused", 0.0)
    create_topics: bool = setting("Make the block's own topics; false where the cluster's operator makes them", True)
    context_keys: str = setting("Where the mediator's public context keys are: a file or an address (JWKS)", "")
    gateway_url: str = setting("Address of the information mediator", "http://127.0.0.1:8080")
    instance: str = setting("Instance, class and member of this mesh in X-Road's words", "BARAZA/GOV/1001")
    client_secret: str = setting("Secret with which the block proves itself to identity", "", secret=True)
    sealing_key: str = setting(
        "32 bytes in hexadecimal that seal personal data at rest, or a ring of several", "", secret=True
    )
    threads: int = setting("Requests answered at the same time", 4)
    http_profile: str = setting("How requests are checked: fast (compiled checks), or stock (connexion alone)", "fast")
    log_level: str = setting("Least severity that is logged", "INFO")
    otlp_endpoint: str = setting("Where traces go (OTLP over HTTP); empty sends none", "")
    failpoints: str = setting("Failpoints to switch on, for fault tests only", "")


def load(kind: type[S], environ: Mapping[str, str]) -> S:
    """Read the dataclass from the environment; `database_url` is DATABASE_URL. Raises BadSetting."""
    hints = get_type_hints(kind)
    values = {}
    for each in fields(kind):  # type: ignore[arg-type]
        raw = _raw(each, environ)
        if raw is not None:
            values[each.name] = _convert(each, raw, hints[each.name])
        elif each.default is MISSING:
            raise BadSetting(f"{each.name.upper()} is required: {each.metadata.get('meaning', '')}")
    return kind(**values)


def describe(kind: type[Any]) -> list[tuple[str, str, str, str]]:
    """`(variable, type, default, meaning)` of each setting, for the reference tables."""
    hints = get_type_hints(kind)
    return [
        (
            each.name.upper(),
            getattr(hints[each.name], "__name__", str(hints[each.name])),
            "required" if each.default is MISSING else "(secret)" if each.metadata["secret"] else _said(each.default),
            each.metadata["meaning"],
        )
        for each in fields(kind)
    ]


def _said(value: Any) -> str:  # Any: a default of whatever type the field declares
    """As the environment would say it."""
    if isinstance(value, bool):
        return str(value).lower()
    return ",".join(value) if isinstance(value, tuple) else str(value)


def _raw(each: Field[Any], environ: Mapping[str, str]) -> str | None:
    name = each.name.upper()
    if each.metadata.get("secret") and (path := environ.get(f"{name}_FILE")):
        try:
            return Path(path).read_text("utf-8").strip()
        except OSError as error:
            raise BadSetting(f"{name}_FILE cannot be read: {error.strerror}") from error
    return environ.get(name)


def _convert(each: Field[Any], raw: str, kind: Any) -> Any:  # Any: whatever type the field declares
    try:
        if kind is bool:
            return {"true": True, "false": False, "1": True, "0": False}[raw.lower()]
        if kind == tuple[str, ...]:
            return tuple(part.strip() for part in raw.split(",") if part.strip())
        return kind(raw)
    except (ValueError, KeyError):
        shown = "(secret)" if each.metadata.get("secret") else repr(raw)
        raise BadSetting(f"{each.name.upper()} cannot be read as {kind}: {shown}") from None
