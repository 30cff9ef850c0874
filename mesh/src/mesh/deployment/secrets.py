"""Makes every secret of a mesh in containers; what is there stays, so a second run completes and renews only.

`<folder>/<process>/own` is mounted at /run/secrets/<process>, `<folder>/<process>/tls` at /run/tls. `ca.key` and
`administrator.txt` beside them are mounted nowhere.
"""

import secrets
from datetime import datetime
from pathlib import Path

import certifi
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

from mesh.deployment import seeds
from mesh.deployment.answers import Answers
from mesh.deployment.certificates import Authority
from mesh.deployment.files import KEPT, inner, once, outer, replaced
from mesh.layout import BLOCKS

STORING = (*BLOCKS, "gateway", "portal")  # processes with a database
CERTIFIED = (*STORING, "postgres", "kafka", "topics", "prometheus", "edge", "grafana")
_DATABASE = (
    "postgresql+psycopg://{name}:{password}@postgres:5432/{name}?sslmode=verify-full&sslrootcert=/run/tls/ca.crt"
)


def make(folder: Path, answers: Answers, at: datetime) -> list[str]:
    """Make what is missing; the names of the processes whose certificates were made now."""
    outer(folder)
    authority = Authority(folder, at)
    hosts = {"edge": (answers.portal_host, answers.identity_host, answers.gateway_host)}
    renewed = [name for name in CERTIFIED if authority.certify(name, _tls(folder, name), hosts.get(name, ()))]
    replaced(_tls(folder, "portal") / "authorities.pem", authority.pem + certifi.contents())
    passwords = {name: _own(folder, "postgres", f"password-{name}", secrets.token_urlsafe(32)) for name in STORING}
    _own(folder, "postgres", "password", secrets.token_urlsafe(32))
    _write(folder, "postgres", "roles.sql", seeds.roles(passwords))
    for name, password in passwords.items():
        _write(folder, name, "database-url", _DATABASE.format(name=name, password=password))
    for block in BLOCKS:
        _own(folder, block, "sealing-key", secrets.token_hex(32))
    clients = {name: _own(folder, name, "client-secret", secrets.token_urlsafe(32)) for name in seeds.APPLICATIONS}
    first = once(folder / "administrator.txt", secrets.token_urlsafe(15), KEPT)
    _write(folder, "identity", "seed.json", seeds.identity(answers, clients, first))
    for block in seeds.SEEDED:
        _write(folder, block, "seed.yaml", seeds.block(block))
    _own(folder, "messaging", "smtp-password", "")
    _own(folder, "portal", "secret-key", secrets.token_urlsafe(48))
    _own(folder, "grafana", "password", secrets.token_urlsafe(24))
    _gateway(folder)
    return renewed


def _gateway(folder: Path) -> None:
    for name in ("context-key", "log-key"):
        _own(folder, "gateway", name, _signing_key())
    _own(folder, "gateway", "subject-key", secrets.token_hex(32))
    _write(folder, "gateway", "catalogue.json", seeds.registrations())


def _tls(folder: Path, process: str) -> Path:
    return inner(folder / process / "tls")


def _own(folder: Path, process: str, name: str, value: str) -> str:
    return once(inner(folder / process / "own") / name, value)


def _write(folder: Path, process: str, name: str, text: str) -> None:
    replaced(inner(folder / process / "own") / name, text)


def _signing_key() -> str:
    return (
        Ed25519PrivateKey.generate()
        .private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption())
        .decode()
    )
