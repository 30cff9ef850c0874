"""What a comment may measure, and how it is hidden and restored."""

from types import ModuleType

import pytest

from engagement.comments.model import CommentClosed, State
from engagement.contributions import OutsideLimits, Status
from engagement.processes.model import Limits


@pytest.mark.parametrize(
    ("length", "depth", "broken"),
    [
        (1000, 3, []),
        (1001, 3, ["commentMax"]),
        (1, 4, ["commentDepth"]),
        (1001, 4, ["commentMax", "commentDepth"]),
    ],
)
def test_every_limit_that_is_broken_is_named(make: ModuleType, length: int, depth: int, broken: list[str]) -> None:
    comment = make.comment(make.proposal(make.process().id), body={"en": "short", "ca": "x" * length}, depth=depth)

    assert [each.limit for each in comment.excesses(Limits())] == broken
    if broken:
        with pytest.raises(OutsideLimits):
            comment.within(Limits())


def test_what_is_hidden_is_restored_and_not_hidden_again(make: ModuleType) -> None:
    comment = make.comment(make.proposal(make.process().id))

    hidden = comment.hidden("Spam.")

    assert (hidden.state, hidden.status, hidden.hidden_reason) == (State.HIDDEN, Status.HIDDEN, "Spam.")
    assert hidden.restored() == comment
    with pytest.raises(CommentClosed):
        hidden.hidden("Again.")
    with pytest.raises(CommentClosed):
        comment.restored()
