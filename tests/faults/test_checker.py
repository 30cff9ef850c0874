"""The checker is checked: a green run is green, and every planted error turns one invariant red, alone."""

import ast
from importlib import import_module
from pathlib import Path

import pytest

from tests.faults.checker import INVARIANTS, check
from tests.faults.checker.declared import HANDLES
from tests.faults.copy import Copy
from tests.faults.mutations import MUTATIONS, Mutation

CHECKER = Path(__file__).parent / "checker"


@pytest.mark.timeout(240)
def test_a_run_without_faults_is_green(green: Copy) -> None:
    assert check(green.evidence()) == {}


@pytest.mark.timeout(240)
@pytest.mark.parametrize("mutation", MUTATIONS, ids=lambda mutation: mutation.name)
def test_a_planted_error_turns_its_invariant_red_and_no_other(mutation: Mutation, green: Copy, tmp_path: Path) -> None:
    copy = green.again(tmp_path / "copy")

    mutation.plant(copy)

    found = check(copy.evidence())
    assert set(found) == {mutation.breaks}, found


def test_every_invariant_has_been_seen_to_fail() -> None:
    assert {mutation.breaks for mutation in MUTATIONS} == set(INVARIANTS)


def test_the_checker_knows_who_handles_what() -> None:
    blocks = ("identity", "consent", "registry", "messaging", "scheduler", "workflow", "engagement")
    handled = {block: frozenset(import_module(f"{block}.app").SERVICE.subscriptions) for block in blocks}

    assert {block: types for block, types in handled.items() if types} == HANDLES


def test_the_checker_imports_nothing_of_the_product() -> None:
    imported = {
        name.split(".")[0]
        for file in CHECKER.glob("*.py")
        for node in ast.walk(ast.parse(file.read_text()))
        for name in _names(node)
    }

    assert imported.isdisjoint(
        {"chassis", "contracts", "gateway", "mesh", "portal", *HANDLES, "identity", "consent", "registry"}
    )


def _names(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [each.name for each in node.names]
    return [node.module or ""] if isinstance(node, ast.ImportFrom) else []
