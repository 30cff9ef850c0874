"""`python -m gateway.rotation context|log add|promote|retire`: exchange a signing key, a step at a time.

The file is the one that CONTEXT_KEY_FILE or LOG_KEY_FILE names, otherwise the one in STATE_FOLDER; settings come from
the environment, as for `python -m gateway`.
"""

import argparse
import os
import sys
from pathlib import Path

from chassis import settings
from chassis.database import Database
from chassis.rotation import key_file
from chassis.settings import BadSetting
from gateway import keys
from gateway.message_log import store
from gateway.rotation import model
from gateway.settings import GatewaySettings


def main(arguments: list[str] | None = None) -> int:
    """One step; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m gateway.rotation")
    parser.add_argument("key", choices=("context", "log"))
    parser.add_argument("step", choices=("add", "promote", "retire"))
    given = parser.parse_args(arguments)
    try:
        own = settings.load(GatewaySettings, os.environ)
        path = _file(own, given.key)
        text = _following(own, given.key, given.step, path.read_text("utf-8"))
        ring = keys.ring(text)
        key_file.rewrite(path, text)
    except (BadSetting, ValueError, OSError) as error:
        print(error, file=sys.stderr)
        return 1
    print(f"{path}: {ring.signing.id} signs, {len(ring.known)} known; start every replica again before the next step")
    return 0


def _file(own: GatewaySettings, key: str) -> Path:
    """Raises BadSetting when the key is not in a file."""
    name = f"{key.upper()}_KEY"
    if path := os.environ.get(f"{name}_FILE"):
        return Path(path)
    if os.environ.get(name):
        raise BadSetting(f"{name} is not in a file; give it as {name}_FILE to exchange it")
    return Path(own.state_folder) / f"{key}.pem"


def _following(own: GatewaySettings, key: str, step: str, text: str) -> str:
    if step == "add":
        return model.added(text)
    if step == "promote":
        return model.promoted(text)
    if key == "context":
        return model.retired(text)
    database = Database(own.database_url)
    try:
        with database.reading() as tx:
            return model.retired_from_log(text, lambda key_id: store.last_signed(tx, key_id))
    finally:
        database.close()


if __name__ == "__main__":
    sys.exit(main())
