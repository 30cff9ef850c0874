"""A decision owes a reason."""

from typing import Any

import pytest

from engagement.evaluation.model import Outcome, ReasonCode, ReasonIsRecorded, ReasonMissing, Ruling

WORDS = {"en": "There is no money for it in the coming year."}


@pytest.mark.parametrize(
    ("outcome", "code", "reason", "refusal"),
    [
        (Outcome.ACCEPTED, ReasonCode.INCLUDED_IN_PLAN, None, None),
        (Outcome.ACCEPTED, ReasonCode.INCLUDED_IN_PLAN, WORDS, None),
        (Outcome.ACCEPTED, ReasonCode.OTHER, None, ReasonMissing),
        (Outcome.ACCEPTED, ReasonCode.OTHER, WORDS, None),
        (Outcome.REJECTED, ReasonCode.INFEASIBLE, None, ReasonMissing),
        (Outcome.REJECTED, ReasonCode.INFEASIBLE, WORDS, None),
        (Outcome.REJECTED, ReasonCode.INFEASIBLE, {"en": "No"}, ReasonMissing),
        (Outcome.REJECTED, ReasonCode.INFEASIBLE, {"en": "     "}, ReasonMissing),
        (Outcome.REJECTED, ReasonCode.INFEASIBLE, WORDS | {"ca": "No"}, ReasonMissing),
        (Outcome.REJECTED, ReasonCode.NOT_RECORDED, None, None),
        (Outcome.REJECTED, ReasonCode.NOT_RECORDED, WORDS, ReasonIsRecorded),
        (Outcome.ACCEPTED, ReasonCode.NOT_RECORDED, None, None),
        (Outcome.ACCEPTED, ReasonCode.DUPLICATE, {"en": "x"}, ReasonMissing),
    ],
)
def test_which_reason_is_owed(outcome: Outcome, code: ReasonCode, reason: Any, refusal: type[Exception] | None) -> None:
    ruling = Ruling(outcome, code, reason)

    if refusal is None:
        assert ruling.reasoned(40) is ruling
    else:
        with pytest.raises(refusal):
            ruling.reasoned(40)
