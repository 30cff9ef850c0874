"""What whoever runs the server has answered: the file that Docker Compose reads as `.env`."""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

_HOST = re.compile(r"(?=.{1,253}$)[a-z0-9]([a-z0-9-]*[a-z0-9])?(\.[a-z0-9]([a-z0-9-]*[a-z0-9])?)*")
_LINE = re.compile(r"(?P<name>[A-Z][A-Z0-9_]*)=(?P<value>.*)")


class BadAnswer(ValueError):
    """An answer is missing or is not what was asked; the message names it."""


@dataclass(frozen=True)
class Answers:
    """The answers that secrets and seeds depend on."""

    portal_host: str
    identity_host: str
    gateway_host: str
    administrator: str

    @property
    def portal_url(self) -> str:
        return f"https://{self.portal_host}"


def read(path: Path) -> Answers:
    """Read the file. Raises BadAnswer, OSError."""
    said = parsed(path.read_text("utf-8"))
    administrator = _told(said, "ADMINISTRATOR")
    if "@" not in administrator:
        raise BadAnswer("ADMINISTRATOR is the mail address of whoever signs in first")
    portal, identity, gateway = (_host(said, name) for name in ("PORTAL_HOST", "IDENTITY_HOST", "GATEWAY_HOST"))
    return Answers(portal, identity, gateway, administrator)


def parsed(text: str) -> dict[str, str]:
    """`NAME=value` lines; comments and empty lines are left out. Raises BadAnswer for any other line."""
    found = {}
    for number, line in enumerate(text.splitlines(), 1):
        if not line.strip() or line.lstrip().startswith("#"):
            continue
        if not (match := _LINE.fullmatch(line.strip())):
            raise BadAnswer(f"line {number} is not NAME=value")
        found[match["name"]] = match["value"].strip().strip("\"'")
    return found


def _told(said: Mapping[str, str], name: str) -> str:
    if not said.get(name):
        raise BadAnswer(f"{name} is not answered")
    return said[name]


def _host(said: Mapping[str, str], name: str) -> str:
    host = _told(said, name)
    if not _HOST.fullmatch(host):
        raise BadAnswer(f"{name} is a host name such as participa.example.org, in small letters")
    return host
