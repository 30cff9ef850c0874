"""The little language of conditions and script tasks: assignments and expressions over an instance's data.

It is read with Python's grammar and evaluated here, node by node: no names but the data's, no attributes, no calls, no
loops; numbers, texts and lists stay small. What is not written below does not exist.
"""

import ast
import json
import operator
from collections.abc import Callable, Mapping
from typing import Any

Value = Any  # a JSON value: None, bool, int, float, str, list or dict of such

_LONGEST_SOURCE = 2_000
_LONGEST = 10_000  # characters of a text, members of a list
_LARGEST = 2**53  # integers that JSON carries exactly

_BINARY: dict[type[ast.operator], Callable[[Any, Any], Any]] = {
    ast.Add: operator.add, ast.Sub: operator.sub, ast.Mult: operator.mul, ast.Div: operator.truediv,
    ast.FloorDiv: operator.floordiv, ast.Mod: operator.mod,
}  # fmt: skip
_COMPARE: dict[type[ast.cmpop], Callable[[Any, Any], bool]] = {
    ast.Eq: operator.eq, ast.NotEq: operator.ne, ast.Lt: operator.lt, ast.LtE: operator.le, ast.Gt: operator.gt,
    ast.GtE: operator.ge, ast.In: lambda a, b: a in b, ast.NotIn: lambda a, b: a not in b,
}  # fmt: skip
_UNARY: dict[type[ast.unaryop], Callable[[Any], Any]] = {
    ast.Not: operator.not_, ast.USub: operator.neg, ast.UAdd: operator.pos,
}  # fmt: skip
_SHAPES = (
    ast.Expression, ast.BoolOp, ast.And, ast.Or, ast.BinOp, ast.UnaryOp, ast.Compare, ast.IfExp, ast.Constant, ast.Name,
    ast.Load, ast.List, ast.Tuple, ast.Dict, ast.Subscript, *_BINARY, *_COMPARE, *_UNARY,
)  # fmt: skip


class NotAllowed(ValueError):
    """The source uses something that the language does not have, or grows too large."""


def check_expression(source: str) -> None:
    """Raises NotAllowed."""
    _read(source, "eval")


def check_script(source: str) -> None:
    """Raises NotAllowed for anything but lines `name = expression`."""
    _assignments(source)


def evaluate(source: str, data: Mapping[str, Value]) -> Value:
    """The value of an expression over the data. Raises NotAllowed, also for a name that the data does not have."""
    tree = _read(source, "eval")
    assert isinstance(tree, ast.Expression)  # noqa: S101 - the mode decides
    return _value(tree.body, data)


def execute(source: str, data: dict[str, Value]) -> None:
    """Run `name = expression` lines on the data. Raises NotAllowed."""
    for name, expression in _assignments(source):
        value = _value(expression, data)
        if len(json.dumps(value)) > _LONGEST:  # x = [x, x], forty times
            raise NotAllowed(f"{name} grows too large")
        data[name] = value


def _assignments(source: str) -> list[tuple[str, ast.expr]]:
    found = []
    for statement in getattr(_read(source, "exec"), "body", []):
        target = statement.targets[0]
        found.append((target.id, statement.value))
    return found


def _read(source: str, mode: str) -> ast.AST:
    if len(source) > _LONGEST_SOURCE:
        raise NotAllowed("the source is too long")
    try:
        tree = ast.parse("\n".join(line.strip() for line in source.strip().splitlines()), mode=mode)
        nodes = list(ast.walk(tree))
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        raise NotAllowed("the source cannot be read") from None
    for node in nodes:
        _allow(node)
    return tree


def _allow(node: ast.AST) -> None:
    if isinstance(node, ast.Module | ast.Store):
        return
    if isinstance(node, ast.Assign):
        if len(node.targets) != 1 or not isinstance(node.targets[0], ast.Name):
            raise NotAllowed("only a name can be assigned to")
        return
    if not isinstance(node, _SHAPES):
        raise NotAllowed(f"{type(node).__name__} is not part of the language")
    if isinstance(node, ast.Name) and node.id.startswith("_"):
        raise NotAllowed("a name does not begin with an underscore")
    if isinstance(node, ast.Constant):
        _small(node.value)
    if isinstance(node, ast.Dict) and None in node.keys:
        raise NotAllowed("a dictionary is not unpacked")


def _value(node: ast.expr, data: Mapping[str, Value]) -> Value:
    try:
        return _small(_VISIT[type(node)](node, data))
    except (TypeError, KeyError, IndexError, ZeroDivisionError, OverflowError, RecursionError) as error:
        raise NotAllowed(f"{type(error).__name__} in the expression") from None


def _small(value: Value) -> Value:
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int) and abs(value) <= _LARGEST:
        return value
    if isinstance(value, float) and value == value and abs(value) != float("inf"):  # noqa: PLR0124 - not a number
        return value
    if isinstance(value, str | list | dict) and len(value) <= _LONGEST:
        return value
    raise NotAllowed(f"a value of type {type(value).__name__} is not JSON or too large")


def _binary(node: ast.BinOp, data: Mapping[str, Value]) -> Value:
    left, right = _value(node.left, data), _value(node.right, data)
    numbers = isinstance(left, int | float) and isinstance(right, int | float)
    joined = isinstance(node.op, ast.Add) and type(left) is type(right) and isinstance(left, str | list)
    if not (numbers or joined):  # "a" * 10**9 and "%1000000000d" % 1 are no arithmetic
        raise NotAllowed("arithmetic is for numbers; texts and lists are only joined")
    return _BINARY[type(node.op)](left, right)


def _compare(node: ast.Compare, data: Mapping[str, Value]) -> bool:
    left = _value(node.left, data)
    for compares, other in zip(node.ops, node.comparators, strict=True):
        right = _value(other, data)
        if not _COMPARE[type(compares)](left, right):
            return False
        left = right
    return True


def _logic(node: ast.BoolOp, data: Mapping[str, Value]) -> Value:
    value: Value = None
    for each in node.values:
        value = _value(each, data)
        if bool(value) is isinstance(node.op, ast.Or):
            return value
    return value


def _name(node: ast.Name, data: Mapping[str, Value]) -> Value:
    if node.id not in data:
        raise NotAllowed(f"there is no {node.id} in the data")
    return data[node.id]


def _dictionary(node: ast.Dict, data: Mapping[str, Value]) -> Value:
    keys = [_value(key, data) for key in node.keys if key is not None]
    if not all(isinstance(key, str) for key in keys):
        raise NotAllowed("keys are texts")
    return dict(zip(keys, (_value(value, data) for value in node.values), strict=True))


# Any: each function takes the node type that it is listed under.
_VISIT: dict[type[ast.expr], Callable[[Any, Mapping[str, Value]], Value]] = {
    ast.Constant: lambda node, _: node.value,
    ast.Name: _name,
    ast.BinOp: _binary,
    ast.UnaryOp: lambda node, data: _UNARY[type(node.op)](_value(node.operand, data)),
    ast.BoolOp: _logic,
    ast.Compare: _compare,
    ast.IfExp: lambda node, data: _value(node.body if _value(node.test, data) else node.orelse, data),
    ast.List: lambda node, data: [_value(each, data) for each in node.elts],
    ast.Tuple: lambda node, data: [_value(each, data) for each in node.elts],
    ast.Dict: _dictionary,
    ast.Subscript: lambda node, data: _value(node.value, data)[_value(node.slice, data)],
}
