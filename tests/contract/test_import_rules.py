"""The import rules hold, and each of them has been seen to catch its own kind of mistake."""

import os
import re
import shutil
import subprocess
import sys
from configparser import ConfigParser
from pathlib import Path

import pytest
from house import ROOT, SOURCES

RULES = ConfigParser()
RULES.read(ROOT / ".importlinter", encoding="utf-8")
CONTRACTS = {
    section.removeprefix("importlinter:contract:"): RULES[section]["name"]
    for section in RULES.sections()
    if section.startswith("importlinter:contract:")
}
# contract → {file: what is written there}; every file is new, so that no block's own code matters
PLANTED = {
    "strangers": {"consent/planted/__init__.py": "", "consent/planted/actions.py": "import registry\n"},
    "slices": {
        "consent/planted/__init__.py": "",
        "consent/planted/actions.py": "",
        "consent/planted/store.py": "from consent.planted import actions\n",
    },
    "pure": {"consent/planted/__init__.py": "", "consent/planted/policy.py": "import sqlalchemy\n"},
    "tables": {"consent/planted/__init__.py": "", "consent/planted/actions.py": "from consent import tables\n"},
    "platform": {"consent/planted/__init__.py": "", "consent/planted/api.py": "import opentelemetry\n"},
    "cycles": {
        "consent/planted/__init__.py": "",
        "consent/planted/actions.py": "from consent.planted_too import actions\n",
        "consent/planted_too/__init__.py": "",
        "consent/planted_too/actions.py": "from consent.planted import actions\n",
    },
    "peers": {"messaging/planted/__init__.py": "", "messaging/planted/actions.py": "from messaging import peers\n"},
}


@pytest.fixture(scope="module")
def copy(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """All sources in one folder, which stands before the real ones on the import path."""
    folder = tmp_path_factory.mktemp("sources")
    for name, source in SOURCES.items():
        shutil.copytree(source, folder / name, ignore=shutil.ignore_patterns("__pycache__", "*.html", "*.po", "*.mo"))
    return folder


def broken(sources: Path) -> set[str]:
    """The names of the contracts that lint-imports finds broken there."""
    linted = subprocess.run(
        [Path(sys.executable).parent / "lint-imports", "--config", ROOT / ".importlinter", "--no-logo", "--no-cache"],
        cwd=sources, env=os.environ | {"PYTHONPATH": str(sources)}, capture_output=True, text=True, check=False,
    )  # fmt: skip
    found = set(re.findall(r"^(.+) BROKEN$", linted.stdout, re.MULTILINE))
    assert found or linted.returncode == 0, linted.stdout + linted.stderr
    return found


def test_every_source_keeps_every_rule(copy: Path) -> None:
    assert broken(copy) == set()


def test_every_rule_has_a_mistake_that_it_must_catch() -> None:
    assert set(PLANTED) == set(CONTRACTS)


@pytest.mark.parametrize("contract", sorted(PLANTED))
def test_a_rule_catches_its_mistake_and_no_other_does(copy: Path, contract: str) -> None:
    for name, text in PLANTED[contract].items():
        (copy / name).parent.mkdir(exist_ok=True)
        (copy / name).write_text(text)

    try:
        assert broken(copy) == {CONTRACTS[contract]}
    finally:
        for name in PLANTED[contract]:
            shutil.rmtree((copy / name).parent, ignore_errors=True)


def test_every_package_of_the_house_is_under_the_rules() -> None:
    assert set(RULES["importlinter"]["root_packages"].split()) == set(SOURCES)
