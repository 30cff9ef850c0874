"""The house as files: where each package's sources are, and what they say."""

import ast
import subprocess
from collections.abc import Iterator
from functools import cache
from importlib import import_module
from pathlib import Path
from types import ModuleType

from chassis.runtime import Service

ROOT = Path(__file__).parents[2]
BLOCKS = ("consent", "engagement", "identity", "messaging", "registry", "scheduler", "workflow")
SOURCES = {folder.name: folder for folder in ROOT.glob("**/src/*") if (folder / "py.typed").is_file()}


@cache
def tracked() -> tuple[Path, ...]:
    """Every file that git keeps, and every new one that it would not ignore."""
    listed = subprocess.run(
        ["git", "ls-files", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return tuple(path for line in listed.stdout.splitlines() if (path := ROOT / line).is_file())


def service(block: str) -> Service:
    """The block's front door."""
    declared: Service = import_module(f"{block}.app").SERVICE
    return declared


@cache
def modules(package: str) -> tuple[ModuleType, ...]:
    """Every module of a package, imported; migrations and `__main__` are left out."""
    folder = SOURCES[package]
    names = [
        ".".join((package, *path.relative_to(folder).with_suffix("").parts)).removesuffix(".__init__")
        for path in python_files(package)
        if path.name != "__main__.py"
    ]
    return tuple(import_module(name) for name in names)


def python_files(package: str) -> list[Path]:
    """The package's Python files without its migrations, sorted."""
    return sorted(path for path in SOURCES[package].rglob("*.py") if not {"migrations", "alembic"} & set(path.parts))


@cache
def tree(path: Path) -> ast.Module:
    """A file, parsed."""
    return ast.parse(path.read_text("utf-8"))


@cache
def texts(path: Path) -> frozenset[str]:
    """Every string constant in a file, parts of formatted ones included."""
    constants = (node.value for node in ast.walk(tree(path)) if isinstance(node, ast.Constant))
    return frozenset(value for value in constants if isinstance(value, str))


def strings(package: str) -> frozenset[str]:
    """Every string constant in the package's sources."""
    return frozenset().union(*(texts(path) for path in python_files(package)))


def calls(package: str, *methods: str) -> Iterator[tuple[str, str]]:
    """`(object, first argument)` as written of every call of these methods: `("own.metrics", "'notes_total'")`."""
    for path in python_files(package):
        for node in ast.walk(tree(path)):
            if (
                isinstance(node, ast.Call)
                and isinstance(node.func, ast.Attribute)
                and node.func.attr in methods
                and node.args
            ):
                yield ast.unparse(node.func.value), ast.unparse(node.args[0])
