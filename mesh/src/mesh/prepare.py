"""What stands before anything serves: secrets, seed files, migrated databases, first accounts and agreements.

Every step may be repeated; a second start changes nothing.
"""

from importlib import import_module
from importlib.resources import files

import yaml

from chassis import migrations, settings
from chassis.database import Database
from chassis.sealing import Sealer
from mesh import secrets
from mesh.catalogue import catalogue
from mesh.layout import BLOCKS, MEMBER, Layout

_OURS = files("mesh") / "seeds"
_SEEDED = ("identity", "consent", "registry")


def prepare(layout: Layout) -> None:
    """Bring the state folder to where all processes can start."""
    layout.state.mkdir(parents=True, exist_ok=True)
    secrets.ensure(layout)
    for name, content in _seeds(layout).items():
        path = layout.seed(name)
        path.parent.mkdir(exist_ok=True)
        path.touch(mode=0o600)
        path.write_text(yaml.safe_dump(content, allow_unicode=True, sort_keys=False))
    for package in (*BLOCKS, "gateway"):
        database = Database(layout.database(package))
        migrations.migrate(database, package)
        if package in _SEEDED:
            _seed(layout, package, database)
        database.close()


def _seed(layout: Layout, block: str, database: Database) -> None:
    own = settings.load(import_module(f"{block}.settings").Settings, layout.environment(block))
    if block == "identity":
        import_module("identity.seed").prepare(database, own, Sealer(own.sealing_key))
    else:
        import_module(f"{block}.seed").apply(database, own, own.seed_file)


def _seeds(layout: Layout) -> dict[str, object]:
    return {
        "catalogue": catalogue(layout),
        "identity": _identity(layout),
        **{name: yaml.safe_load((_OURS / f"{name}.yaml").read_text("utf-8")) for name in ("consent", "registry")},
    }


def _identity(layout: Layout) -> dict[str, object]:
    redirects = {"portal": [f"{layout.portal_url}/sign-in/callback"], "demo": [f"{layout.portal_url}/demo/callback"]}
    clients = [
        {
            "id": f"{MEMBER}/{name}",
            "name": name.capitalize(),
            "secret_file": str(layout.secret(f"client-{name}")),
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
