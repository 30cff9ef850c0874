"""The house's manners, as far as a machine can see them."""

import ast
import json
import re
import tomllib
from pathlib import Path

import pytest
import yaml
from house import BLOCKS, ROOT, SOURCES, tracked, tree

PYTHON = [path for path in tracked() if path.suffix == ".py"]
TEXTS = [
    path for path in tracked()
    if path.suffix in {".py", ".md", ".yaml", ".yml", ".json", ".toml", ".txt", ".cfg", ".html", ".css", ".sh", ""}
]  # fmt: skip
LONGEST = 300
# written in two parts each, so that this file does not break its own rules
LEFT_UNDONE = re.compile(r"\b(TO" + r"DO|FIX" + r"ME|XX" + r"X)\b")
MACHINE = re.compile(r"(?<![\w.}/-])/(home/\w+/|Users/\w+/|ro" + r"ot/|work/(main|shared)\b)")
INDEX = re.compile(
    "|".join(["py" + r"pi\.", "python" + "hosted", "npm" + r"js\.", "arti" + "factory", r"repo1?\.mav" + "en"])
)
WAIVER = re.compile(r"#\s*no" + r"qa(?P<said>.*)")
MAY_PRINT = {"__main__.py", "cli.py"}


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


def lines(paths: list[Path], pattern: re.Pattern[str]) -> list[str]:
    """Where the pattern stands, as `file:line`."""
    return [
        f"{name(path)}:{number}"
        for path in paths
        for number, line in enumerate(path.read_text("utf-8", errors="replace").splitlines(), 1)
        if pattern.search(line)
    ]


def test_no_python_file_is_longer_than_a_sitting() -> None:
    assert [name(path) for path in PYTHON if len(path.read_text("utf-8").splitlines()) > LONGEST] == []


def test_nothing_is_left_undone() -> None:
    assert lines(TEXTS, LEFT_UNDONE) == []


def test_every_waiver_of_a_rule_gives_its_reason() -> None:
    silent = []
    for path in PYTHON:
        for number, line in enumerate(path.read_text("utf-8").splitlines(), 1):
            found = WAIVER.search(line)
            if found and not re.fullmatch(r": [A-Z]+\d+(, [A-Z]+\d+)* - \S.*", found["said"]):
                silent.append(f"{name(path)}:{number}")

    assert silent == []


def test_only_entry_points_print() -> None:
    loud = [
        f"{name(path)}:{node.lineno}"
        for package, folder in SOURCES.items()
        for path in folder.rglob("*.py")
        if package != "mesh" and path.name not in MAY_PRINT
        for node in ast.walk(tree(path))
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "print"
    ]

    assert loud == []


def test_no_file_knows_a_machine_or_a_package_index() -> None:
    assert lines(TEXTS, MACHINE) == []
    assert lines(TEXTS, INDEX) == []


@pytest.mark.parametrize("path", [path for path in tracked() if path.suffix in {".yaml", ".yml"}], ids=name)
def test_every_yaml_file_can_be_read(path: Path) -> None:
    list(yaml.safe_load_all(path.read_text("utf-8")))


def test_every_json_and_toml_file_can_be_read() -> None:
    for path in tracked():
        if path.suffix == ".json":
            json.loads(path.read_text("utf-8"))
        if path.suffix == ".toml":
            tomllib.loads(path.read_text("utf-8"))


@pytest.mark.parametrize("folder", [*(f"services/{block}" for block in BLOCKS), "gateway"])
def test_every_block_introduces_itself_on_one_screen(folder: str) -> None:
    readme = (ROOT / folder / "README.md").read_text("utf-8").splitlines()

    assert (ROOT / folder / "pyproject.toml").is_file()
    assert readme[0].startswith("# ")
    assert len(readme) <= 60


def test_every_link_between_pages_leads_somewhere() -> None:
    lost = []
    for page in (path for path in tracked() if path.suffix == ".md"):
        text = re.sub(r"```.*?```", "", page.read_text("utf-8"), flags=re.DOTALL)
        for target in re.findall(r"\[[^\]]*\]\(([^)\s]+)\)", text):
            file, _, _ = target.partition("#")
            if file and not re.match(r"[a-z]+:", file) and not (page.parent / file).exists():
                lost.append(f"{name(page)} → {target}")

    assert lost == []
