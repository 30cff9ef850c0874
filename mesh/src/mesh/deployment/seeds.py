"""The files that processes read before they serve, for addresses inside the network of containers. JSON is YAML."""

import json
from importlib.resources import files
from pathlib import Path

from mesh.catalogue import catalogue
from mesh.deployment.answers import Answers
from mesh.layout import BLOCKS, MEMBER, PORTS, Layout

_PLAYED = "demo"  # the demonstration's application has no place where people live


class Containers(Layout):
    """Addresses of blocks in a network where each has its own name and serves TLS."""

    def block_url(self, block: str) -> str:
        return f"https://{block}:{PORTS[block]}"


def registrations() -> str:
    """The mediator's catalogue file."""
    whole = catalogue(Containers(Path()))
    members: list[dict[str, list[dict[str, str]]]] = whole["members"]  # type: ignore[assignment]
    rights: list[dict[str, list[str]]] = whole["rights"]  # type: ignore[assignment]
    for member in members:
        member["applications"] = [each for each in member["applications"] if each["code"] != _PLAYED]
    for right in rights:
        right["subject"] = [each for each in right["subject"] if each != f"{MEMBER}/{_PLAYED}"]
    return _json({"members": members, "rights": [right for right in rights if right["subject"]]})


def identity(answers: Answers, clients: dict[str, str], password: str) -> str:
    """Identity's clients with their secrets, and the first administrator. `clients` is `{application: secret}`."""
    said = [
        {
            "id": f"{MEMBER}/{name}",
            "name": name.capitalize(),
            "secret": secret,
            "grant_types": ["client_credentials", *(["authorization_code"] if name == "portal" else [])],
            "redirect_uris": [f"{answers.portal_url}/sign-in/callback"] if name == "portal" else [],
            "sign_out_uris": [f"{answers.portal_url}/"] if name == "portal" else [],
        }
        for name, secret in clients.items()
    ]
    first = {
        "login": answers.administrator,
        "password": password,
        "display_name": "Administrator",
        "roles": ["administrator"],
    }
    return _json({"clients": said, "accounts": [first]})


def block(name: str) -> str:
    """The seed of consent or registry."""
    return (files("mesh") / "seeds" / f"{name}.yaml").read_text("utf-8")


def roles(passwords: dict[str, str]) -> str:
    """SQL that gives each process a role and a database of its own, which no other role may enter.

    `passwords` is `{process: password}`; they are of letters, digits, `-` and `_`.
    """
    return "".join(
        f"CREATE ROLE {name} LOGIN PASSWORD '{password}' CONNECTION LIMIT 60;\n"
        f"CREATE DATABASE {name} OWNER {name};\n"
        f"REVOKE ALL ON DATABASE {name} FROM PUBLIC;\n"
        for name, password in passwords.items()
    )


SEEDED = ("consent", "registry")
APPLICATIONS = (*BLOCKS, "portal")


def _json(said: object) -> str:
    return json.dumps(said, indent=1, ensure_ascii=False) + "\n"
