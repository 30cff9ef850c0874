"""Whatever is logged has a field in the contracts, and every field is used: a new one is a change that is read."""

import ast
from pathlib import Path

import pytest
from watched import ROOT

import contracts


def sources() -> list[Path]:
    return [path for pattern in ("*/src/**/*.py", "services/*/src/**/*.py") for path in ROOT.glob(pattern)]


def fields(source: str) -> set[str]:
    """Keys of the dictionaries that are given as `extra`, also of those that a name in the same function holds."""
    tree = ast.parse(source)
    found: set[str] = set()
    for scope in ast.walk(tree):
        if not isinstance(scope, ast.FunctionDef | ast.AsyncFunctionDef):
            continue
        given = [word.value for word in ast.walk(scope) if isinstance(word, ast.keyword) and word.arg == "extra"]
        names = {name.id for each in given for name in ast.walk(each) if isinstance(name, ast.Name)}
        for node in ast.walk(scope):
            if isinstance(node, ast.Assign) and isinstance(node.targets[0], ast.Name | ast.Subscript):
                target = node.targets[0]
                if isinstance(target, ast.Name) and target.id in names:
                    given.append(node.value)
                if (
                    isinstance(target, ast.Subscript)
                    and isinstance(target.value, ast.Name)
                    and target.value.id in names
                ):
                    found |= {str(target.slice.value)} if isinstance(target.slice, ast.Constant) else set()
        found |= {
            str(key.value)
            for each in given
            for dictionary in ast.walk(each)
            if isinstance(dictionary, ast.Dict)
            for key in dictionary.keys
            if isinstance(key, ast.Constant)
        }
    return found


def test_every_field_is_declared_and_used() -> None:
    used = {field for path in sources() for field in fields(path.read_text("utf-8"))}

    assert used == contracts.log_fields().keys()


def test_a_message_is_constant() -> None:
    """A name formatted into it would be in the log for good."""
    for path in sources():
        assert formatted(path) == [], path


def formatted(path: Path) -> list[int]:
    calls = [node for node in ast.walk(ast.parse(path.read_text("utf-8"))) if isinstance(node, ast.Call)]
    levels = {"debug", "info", "warning", "error", "exception", "critical"}
    said = [
        call
        for call in calls
        if isinstance(call.func, ast.Attribute)
        and call.func.attr in levels
        and isinstance(call.func.value, ast.Name)
        and call.func.value.id == "log"
    ]
    return [call.lineno for call in said if len(call.args) != 1 or not isinstance(call.args[0], ast.Constant)]


@pytest.mark.parametrize(
    ("body", "keys"),
    [
        ('log.info("x", extra={"a": 1, "b": 2})', {"a", "b"}),
        ('facts = {"a": 1}\n    facts["c"] = 3\n    log.info("x", extra=facts | {"b": 2})', {"a", "b", "c"}),
        ('other = {"z": 1}\n    log.info("x")', set()),
    ],
)
def test_fields_are_read_out_of_the_source(body: str, keys: set[str]) -> None:
    assert fields(f"def f():\n    {body}\n") == keys


def test_a_message_with_a_name_in_it_is_found(tmp_path: Path) -> None:
    (tmp_path / "a.py").write_text('log.info(f"hello {name}")\nlog.info("hello %s", name)\nlog.info("hello")\n')

    assert formatted(tmp_path / "a.py") == [1, 2]
