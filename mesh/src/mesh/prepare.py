"""What stands before anything serves: the state folder, secrets, and the files that seed gateway, identity and blocks.

Standard library only: the launcher does this itself. JSON is YAML, so the seeds are written as JSON.
"""

import json
from importlib.resources import files
from pathlib import Path

from mesh import secrets
from mesh.catalogue import catalogue
from mesh.layout import BLOCKS, MEMBER, Layout

_OURS = files("mesh") / "seeds"


def prepare(layout: Layout) -> None:
    """Bring the state folder to where all processes can start. Once more changes nothing but the seeds' text."""
    layout.state.mkdir(parents=True, exist_ok=True)
    secrets.ensure(layout)
    layout.seed("x").parent.mkdir(exist_ok=True)
    _write(layout.seed("catalogue"), json.dumps(catalogue(layout), indent=1))
    _write(layout.seed("identity"), json.dumps(_identity(layout), indent=1))
    for name in ("consent", "registry"):
        _write(layout.seed(name), (_OURS / f"{name}.yaml").read_text("utf-8"))


def _write(path: Path, text: str) -> None:
    path.touch(mode=0o600)
    path.write_text(text, encoding="utf-8")


def _identity(layout: Layout) -> dict[str, object]:
    redirects = {"portal": [f"{layout.portal_url}/sign-in/callback"], "demo": [f"{layout.portal_url}/demo/callback"]}
    clients = [
        {
            "id": f"{MEMBER}/{name}",
            "name": name.capitalize(),
            "secret_file": str(layout.secret(f"client-{name}").absolute()),
            "grant_types": ["client_credentials", *(["authorization_code"] if name in redirects else [])],
            "redirect_uris": redirects.get(name, []),
            "sign_out_uris": [f"{layout.portal_url}/"] if name == "portal" else [],
        }
        for name in (*BLOCKS, "portal", "demo")
    ]
    accounts = [
        {
            "login": account["login"],
            "password": account["password"],
            "display_name": account["display_name"],
            "roles": [account["role"]],
        }
        for account in secrets.accounts(layout)
    ]
    return {"clients": clients, "accounts": accounts}
