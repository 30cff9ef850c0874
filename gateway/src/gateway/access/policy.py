"""May this caller make this call? Denied unless a right says otherwise."""

from collections.abc import Iterable, Mapping

from chassis.verdict import ALLOWED, Verdict, refused
from gateway.access.model import AccessDenied, Right

Rights = Mapping[tuple[str, str], tuple[Right, ...]]  # {(subject, application): its rights}


def compile_rights(rights: Iterable[Right]) -> Rights:
    """Rights in the order in which they are asked for."""
    found: dict[tuple[str, str], tuple[Right, ...]] = {}
    for right in rights:
        pair = (right.subject, right.application)
        found[pair] = (*found.get(pair, ()), right)
    return found


def may_call(rights: Rights, subject: str, application: str, method: str, path: str) -> Verdict:
    """Whether the subject may call the method at the application's path."""
    if any(right.covers(method, path) for right in rights.get((subject, application), ())):
        return ALLOWED
    return refused(AccessDenied(f"{subject} holds no right to {method} this path of {application}."))


def may_act_for_a_person(rights: Rights, subject: str, application: str, method: str, path: str) -> Verdict:
    """Whether the subject may make this call for a person who is not present."""
    held = rights.get((subject, application), ())
    if any(right.on_behalf and right.covers(method, path) for right in held):
        return ALLOWED
    return refused(AccessDenied(f"{subject} holds no right to act for a person here."))
