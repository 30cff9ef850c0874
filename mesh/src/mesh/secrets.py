"""Secrets of an embedded mesh: made on first start, each in a file that only the owner reads."""

import json
import os
import secrets
from pathlib import Path

from mesh.layout import BLOCKS, Layout

_WORDS = tuple(
    "acorn birch cedar delta ember fjord grove heron inlet jetty koala larch maple nacre olive pearl "  # noqa: SIM905 - a list to read
    "quill raven spruce tulip umber viola willow yarrow zephyr amber basil coral dune elm fern gale".split()
)


def ensure(layout: Layout) -> None:
    """Make what is missing; what is there stays."""
    folder = layout.secret("x").parent
    folder.mkdir(parents=True, exist_ok=True)
    folder.chmod(0o700)
    for name in (*BLOCKS, "portal", "demo"):
        _once(layout.secret(f"client-{name}"), secrets.token_urlsafe(32))
        _once(layout.secret(f"seal-{name}"), secrets.token_hex(32))
    _once(layout.secret("subject-key"), secrets.token_hex(32))
    _once(layout.accounts_file, json.dumps(_accounts(), indent=2))


def accounts(layout: Layout) -> list[dict[str, str]]:
    """Demo accounts: `{login, password, display_name, role}`."""
    found: list[dict[str, str]] = json.loads(layout.accounts_file.read_text())
    return found


def _accounts() -> list[dict[str, str]]:
    people = (
        ("nuria", "Núria Official", "official"),
        ("omar", "Omar Official", "official"),
        ("mei", "Mei Moderator", "moderator"),
        ("mona", "Mona Moderator", "moderator"),
        ("ada", "Ada Administrator", "administrator"),
        ("carla", "Carla", "participant"),
    )
    return [
        {"login": f"{name}@baraza.example", "password": _passphrase(), "display_name": shown, "role": role}
        for name, shown, role in people
    ]


def _passphrase() -> str:
    """Five words: easy to type, about 24 bits; the accounts of a demo on loopback, made anew for each state folder."""
    return "-".join(secrets.choice(_WORDS) for _ in range(4)) + f"-{secrets.randbelow(10_000):04}"


def _once(path: Path, value: str) -> None:
    try:
        file = os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except FileExistsError:
        return
    with os.fdopen(file, "w") as handle:
        handle.write(value)
