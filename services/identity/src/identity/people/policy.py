"""Which passwords are taken: long ones that not everybody tries first; no rules of composition (NIST SP 800-63B)."""

import unicodedata
from functools import cache
from itertools import pairwise
from pathlib import Path

from chassis.errors import Invalid
from chassis.verdict import ALLOWED, Verdict, refused

LONGEST_PASSWORD = 128
_LEAST_DIFFERENT = 5  # characters; fewer is a repetition


class PasswordTooShort(Invalid):
    """A password has a least length."""


class PasswordTooLong(Invalid):
    """A password has a greatest length, so that hashing it cannot be made to last."""


class PasswordTooCommon(Invalid):
    """The password is among those that are tried first, or is made of the login or the name."""


def may_be_password(password: str, login: str, display_name: str, least: int) -> Verdict:
    """`least` is the setting's length, in characters."""
    if len(password) < least:
        return refused(PasswordTooShort(f"A password has at least {least} characters."))
    if len(password) > LONGEST_PASSWORD:
        return refused(PasswordTooLong(f"A password has at most {LONGEST_PASSWORD} characters."))
    if _is_common(password, login, display_name):
        return refused(PasswordTooCommon("This password is too easy to guess."))
    return ALLOWED


def _is_common(password: str, login: str, display_name: str) -> bool:
    folded = unicodedata.normalize("NFKC", password).casefold()
    stem = folded.strip("0123456789!?.,_-#*@$ ")
    own = {login.casefold(), login.partition("@")[0].casefold(), "".join(display_name.casefold().split())}
    return (
        len(set(folded)) < _LEAST_DIFFERENT
        or not stem
        or folded in common_passwords()
        or stem in common_passwords()
        or "".join(folded.split()) in own
        or stem in own
        or _is_a_run(folded)
    )


def _is_a_run(text: str) -> bool:
    """`abcdefghijkl`, `987654321098`: each character beside the one before."""
    steps = {_step(before, after) for before, after in pairwise(text)}
    return len(steps) == 1


def _step(before: str, after: str) -> int:
    step = ord(after) - ord(before)
    return step % 10 if before.isdigit() and after.isdigit() else step


@cache
def common_passwords() -> frozenset[str]:
    """The commonest passwords and the words that they are made of, lower case."""
    lines = (Path(__file__).parent / "common_passwords.txt").read_text("utf-8").splitlines()
    return frozenset(line.strip() for line in lines if line.strip() and not line.startswith("#"))
