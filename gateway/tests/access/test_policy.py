"""Who may call what."""

import pytest

from gateway.access.model import AccessDenied, InvalidRight, Right
from gateway.access.policy import compile_rights, may_act_for_a_person, may_call

RIGHTS = compile_rights(
    [
        Right("A", "X", frozenset({"GET"}), "/v1/things/*"),
        Right("A", "X", frozenset({"POST"}), "/v1/things"),
        Right("A", "Y", frozenset({"*"}), "/**", on_behalf=True),
        Right("B", "X", frozenset({"GET", "DELETE"}), "/v1/**"),
        Right("anonymous", "X", frozenset({"GET"}), "/public"),
    ]
)
TABLE = [
    ("A", "X", "GET", "/v1/things/1", True),
    ("A", "X", "GET", "/v1/things", False),
    ("A", "X", "GET", "/v1/things/1/parts", False),
    ("A", "X", "DELETE", "/v1/things/1", False),
    ("A", "X", "POST", "/v1/things", True),
    ("A", "X", "POST", "/v1/things/", False),
    ("A", "X", "GET", "/v1/thingsX", False),
    ("A", "X", "GET", "/V1/things/1", False),
    ("A", "Y", "PATCH", "/", True),
    ("A", "Y", "PATCH", "/a/b/c", True),
    ("A", "Z", "GET", "/", False),
    ("B", "X", "GET", "/v1/things/1/parts", True),
    ("B", "X", "GET", "/v2/things", False),
    ("B", "X", "POST", "/v1/things", False),
    ("B", "Y", "GET", "/", False),
    ("anonymous", "X", "GET", "/public", True),
    ("anonymous", "X", "GET", "/publicity", False),
    ("anonymous", "Y", "GET", "/public", False),
    ("", "X", "GET", "/public", False),
]


@pytest.mark.parametrize(("subject", "application", "method", "path", "allowed"), TABLE)
def test_who_may_call(subject: str, application: str, method: str, path: str, allowed: bool) -> None:
    verdict = may_call(RIGHTS, subject, application, method, path)

    assert bool(verdict) is allowed
    assert allowed or isinstance(verdict.refusal, AccessDenied)


def test_nothing_is_allowed_without_rights() -> None:
    assert not may_call(compile_rights([]), "A", "X", "GET", "/")


@pytest.mark.parametrize(
    ("subject", "application", "allowed"), [("A", "Y", True), ("A", "X", False), ("B", "X", False)]
)
def test_acting_for_a_person_needs_a_right_that_says_so(subject: str, application: str, allowed: bool) -> None:
    assert bool(may_act_for_a_person(RIGHTS, subject, application, "GET", "/v1/things/1")) is allowed


def test_a_pattern_is_no_regular_expression() -> None:
    right = Right("A", "X", frozenset({"GET"}), "/v1/a.c/(x)+")

    assert right.covers("GET", "/v1/a.c/(x)+")
    assert not right.covers("GET", "/v1/abc/x")


@pytest.mark.parametrize(("methods", "path"), [(set(), "/"), ({"FETCH"}, "/"), ({"get"}, "/"), ({"GET"}, "v1")])
def test_a_right_that_cannot_be(methods: set[str], path: str) -> None:
    with pytest.raises(InvalidRight):
        Right("A", "X", frozenset(methods), path)
