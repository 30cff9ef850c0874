"""Make the secrets of a cluster on one machine, as JSON that `kubectl apply -f -` takes:

    kubectl kustomize deploy/k8s/overlays/staging | python tools/local_secrets.py | kubectl apply -f -

It reads manifests, makes each value that they would fetch from a vault, and fills the same templates. Every run makes
new values: who runs it twice starts with empty databases.
"""

import base64
import json
import re
import secrets
import sys
from collections.abc import Callable, Iterable
from typing import Any
from urllib.parse import quote

import yaml
from cryptography.hazmat.primitives import serialization
from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey

Document = dict[str, Any]  # a manifest
_PLACE = re.compile(r"\{\{ \.(\w+)( \| urlquery)? \}\}")


class Vault:
    """Values that are made when they are first asked for."""

    def __init__(self) -> None:
        self._made: dict[tuple[str, str], str] = {}

    def read(self, entry: str, member: str) -> str:
        """`entry` is `baraza/<block>`; a database's user has the block's name."""
        if member == "database-user":
            return entry.rsplit("/", 1)[-1]
        return self._made.setdefault((entry, member), _MAKERS.get(member, _word)())


def made(documents: Iterable[Document], vault: Vault) -> list[Document]:
    """A Secret for each ExternalSecret."""
    return [_secret(each, vault) for each in documents if each["kind"] == "ExternalSecret"]


def main() -> int:
    """Manifests in, Secrets out."""
    found = made(yaml.safe_load_all(sys.stdin), Vault())
    json.dump({"apiVersion": "v1", "kind": "List", "items": found}, sys.stdout, indent=1)
    return 0 if found else 1


def _secret(said: Document, vault: Vault) -> Document:
    fetched = {
        each["secretKey"]: vault.read(each["remoteRef"]["key"], each["remoteRef"]["property"])
        for each in said["spec"]["data"]
    }
    target = said["spec"]["target"]
    template = target.get("template", {})
    data = {name: _filled(text, fetched) for name, text in template.get("data", {}).items()} or fetched
    return {
        "apiVersion": "v1",
        "kind": "Secret",
        "type": template.get("type", "Opaque"),
        "metadata": {
            "name": target["name"],
            "namespace": said["metadata"]["namespace"],
            **template.get("metadata", {}),
        },
        "data": {name: base64.b64encode(text.encode()).decode() for name, text in data.items()},
    }


def _filled(text: str, values: dict[str, str]) -> str:
    return _PLACE.sub(lambda place: quote(values[place[1]], safe="") if place[2] else values[place[1]], text)


def _word() -> str:
    return secrets.token_urlsafe(32)


def _key() -> str:
    return secrets.token_hex(32)


def _signing_key() -> str:
    pem = Ed25519PrivateKey.generate().private_bytes(
        serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, serialization.NoEncryption()
    )
    return pem.decode()


_MAKERS: dict[str, Callable[[], str]] = {
    "sealing-key": _key,
    "subject-key": _key,
    "context-key": _signing_key,
    "log-key": _signing_key,
}

if __name__ == "__main__":
    sys.exit(main())
