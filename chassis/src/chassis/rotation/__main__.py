"""`python -m chassis.rotation add|promote|retire FILE` exchanges the sealing key in a file, a step at a time;
`python -m chassis.rotation reseal BLOCK` seals what the block's database holds with the key that seals now. The block's
settings come from the environment, as for `python -m BLOCK`. Its status is 3 when an older key must stay."""

import argparse
import os
import sys
from importlib import import_module
from pathlib import Path

from chassis import settings
from chassis.database import Database
from chassis.rotation import key_file
from chassis.rotation.reseal import reseal
from chassis.sealing import Ring, Sealer, Unsealable, ring

_STEPS = {"add": Ring.added, "promote": Ring.promoted, "retire": Ring.retired}


def main(arguments: list[str] | None = None) -> int:
    """One step; its exit status."""
    parser = argparse.ArgumentParser(prog="python -m chassis.rotation")
    parser.add_argument("step", choices=(*_STEPS, "reseal"))
    parser.add_argument("about", metavar="FILE|BLOCK")
    given = parser.parse_args(arguments)
    try:
        return _reseal(given.about) if given.step == "reseal" else _exchange(given.step, Path(given.about))
    except Unsealable as error:
        print(f"a value in {error} opens with no key of the ring", file=sys.stderr)
    except (ValueError, OSError) as error:
        print(error, file=sys.stderr)
    return 1


def _exchange(step: str, path: Path) -> int:
    following = _STEPS[step](ring(path.read_text("utf-8")))
    key_file.rewrite(path, str(following))
    print(f"{path}: {len(following.keys)} keys; start the block's processes again before the next step")
    return 0


def _reseal(block: str) -> int:
    own = settings.load(import_module(f"{block}.settings").Settings, os.environ)
    database = Database(own.database_url)
    try:
        done = reseal(database, import_module(f"{block}.tables").METADATA, Sealer(own.sealing_key))
    finally:
        database.close()
    for place, outcome in done.items():
        bound = f", {outcome.bound} are evidence and stay with older keys: do not retire those" if outcome.bound else ""
        print(f"{place}: {outcome.resealed} sealed again{bound}")
    return 3 if any(outcome.bound for outcome in done.values()) else 0


if __name__ == "__main__":
    sys.exit(main())
