"""The steps, on the text of a key file. Pure but for making a key."""

from collections.abc import Callable
from dataclasses import replace

from gateway import keys


def added(text: str) -> str:
    """A new key is known and does not sign yet: every block must be able to read it before one replica signs with it.
    Raises ValueError when the last exchange is not finished."""
    if sum("PRIVATE" in each for each in keys.split(text)) > 1:
        raise ValueError("an exchange is under way; promote or retire first")
    return _joined([*keys.split(text), keys.new_pem()])


def promoted(text: str) -> str:
    """The new key signs. Raises ValueError when there is none."""
    *older, newest = keys.split(text)
    if not older or "PRIVATE" not in newest:
        raise ValueError("there is no key to promote; add one first")
    return _joined([newest, *older])


def retired(text: str) -> str:
    """Keys that do not sign are known no more: right for contexts, which live for a minute."""
    return _joined(keys.split(text)[:1])


def retired_from_log(text: str, last_signed: Callable[[str], int]) -> str:
    """Keys that do not sign any more are known by their public halves, each up to the last record that it signed."""
    first, *others = keys.split(text)
    known = [keys.known_key(each) for each in others]
    ended = [each if each.until is not None else replace(each, until=last_signed(each.id)) for each in known]
    return _joined([first, *(each.pem() for each in ended)])


def _joined(texts: list[str]) -> str:
    return "".join(f"{text.strip()}\n" for text in texts)
