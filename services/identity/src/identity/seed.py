"""What identity has from the first start: a signing key, and the clients and accounts of SEED_FILE.

The file is YAML, readable by its owner alone, and written by whoever starts the mesh:

    clients:
      - {id: BARAZA/GOV/1001/portal, name: Portal, secret: …, grant_types: [authorization_code, client_credentials],
         redirect_uris: [http://127.0.0.1:8000/sign-in/callback], sign_out_uris: [http://127.0.0.1:8000/]}
    accounts:
      - {login: official@example.org, password_file: official.txt, display_name: Ada, roles: [official]}

`secret_file` and `password_file` are paths relative to the file. A client is made or brought to what the file says; an
account that exists is left as it is, because its person may have changed it since.
"""

from datetime import datetime
from pathlib import Path
from typing import Any

import yaml

from chassis import clock
from chassis.database import Database
from chassis.errors import Refusal
from chassis.migrations import is_current
from chassis.sealing import Sealer, Unsealable
from chassis.settings import BadSetting
from identity.actors import SEED
from identity.clients import actions as clients
from identity.clients.model import Grant, Wanted
from identity.keys import actions as keys
from identity.people import actions as people
from identity.people import store as accounts
from identity.people.model import Registration, Role, normal_login
from identity.people.passwords import Passwords
from identity.settings import Settings

_CLIENT = {"id", "name", "secret", "secret_file", "grant_types", "redirect_uris", "sign_out_uris", "scopes"}
_ACCOUNT = {"login", "password", "password_file", "display_name", "roles"}


def prepare(database: Database, settings: Settings, sealer: Sealer, at: datetime | None = None) -> bool:
    """Make what is missing; whether the database was migrated. Once more changes nothing. Raises BadSetting."""
    if not is_current(database, "identity"):
        return False
    if not settings.sealing_key:
        raise BadSetting("SEALING_KEY is required: without it no account is found again after a restart")
    at = at or clock.system()
    try:
        with database.transaction() as tx:
            keys.opened(keys.ensure(tx, bits=settings.key_bits, at=at, sealer=sealer), sealer)
        if settings.seed_file:
            _apply(database, Path(settings.seed_file), settings, sealer, at)
    except Unsealable:
        raise BadSetting("SEALING_KEY is not the key with which this database was sealed") from None
    except (Refusal, OSError, ValueError, KeyError, TypeError, yaml.YAMLError) as error:
        if isinstance(error, BadSetting):
            raise
        raise BadSetting(f"SEED_FILE cannot be applied: {type(error).__name__}: {_harmless(error)}") from None
    return True


def _harmless(error: Exception) -> str:
    """What may be said of an error: a file's content may be a secret."""
    return error.detail if isinstance(error, Refusal) else str(error) if isinstance(error, OSError) else ""


def _apply(database: Database, path: Path, settings: Settings, sealer: Sealer, at: datetime) -> None:
    said = yaml.safe_load(path.read_text("utf-8")) or {}
    _only(said, {"clients", "accounts"})
    for each in said.get("clients") or ():
        _client(database, each, path.parent, sealer, at)
    for each in said.get("accounts") or ():
        _account(database, each, path.parent, settings, sealer, at)


def _client(database: Database, said: dict[str, Any], folder: Path, sealer: Sealer, at: datetime) -> None:
    _only(said, _CLIENT)
    wanted = Wanted(
        name=said.get("name") or said["id"].rsplit("/", 1)[-1],
        grant_types=tuple(Grant(each) for each in said.get("grant_types", [Grant.CLIENT_CREDENTIALS])),
        redirect_uris=tuple(said.get("redirect_uris", ())),
        sign_out_uris=tuple(said.get("sign_out_uris", ())),
        scopes=tuple(said["scopes"]) if said.get("scopes") is not None else None,
        secret=_secret(said, "secret", folder),
    )
    with database.transaction() as tx:
        clients.put(tx, said["id"], wanted, by=SEED, at=at, sealer=sealer)


def _account(
    database: Database, said: dict[str, Any], folder: Path, settings: Settings, sealer: Sealer, at: datetime
) -> None:
    _only(said, _ACCOUNT)
    digest = accounts.login_digest(normal_login(said["login"]), sealer)
    with database.reading() as tx:
        if accounts.by_login(tx, digest, sealer) is not None:
            return
    roles = frozenset(Role(each) for each in said.get("roles", ()) if each != "participant")
    name, password = said.get("display_name") or said["login"].partition("@")[0], _secret(said, "password", folder)
    passwords = Passwords(settings)
    ready, hash_ = people.prepared(
        Registration(said["login"], name, password, roles), settings=settings, passwords=passwords
    )
    with database.transaction() as tx:
        people.open_account(tx, ready, hash_, by=SEED, at=at, sealer=sealer)


def _secret(said: dict[str, Any], name: str, folder: Path) -> str:
    if file := said.get(f"{name}_file"):
        return (folder / str(file)).read_text("utf-8").strip()
    return str(said[name])


def _only(said: dict[str, Any], known: set[str]) -> None:
    if unknown := set(said) - known:
        raise BadSetting(f"SEED_FILE holds the unknown members {', '.join(sorted(map(str, unknown)))}")
