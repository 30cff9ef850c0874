"""What the rules of a process leave open."""

from chassis.verdict import ALLOWED, Verdict, refused
from engagement.rules.model import AmendmentsOff, Rules, SupportLimitReached


def may_support_more(rules: Rules, supported: int) -> Verdict:
    """`supported`: how many proposals the person supports already in this phase."""
    if rules.support_most is None or supported < rules.support_most:
        return ALLOWED
    return refused(SupportLimitReached(f"You support {supported} already; the limit of this phase is reached."))


def takes_amendments(rules: Rules) -> Verdict:
    """Whether texts of others may be amended at all."""
    return ALLOWED if rules.amendments else refused(AmendmentsOff("This process takes no amendments."))
