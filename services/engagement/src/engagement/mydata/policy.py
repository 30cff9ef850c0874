"""Who may have her data erased."""

from chassis.verdict import ALLOWED, Verdict, refused
from engagement.mydata.model import NotYourReceipt
from engagement.participants.model import REGISTERED, Participant


def may_erase_by_receipt(author: Participant | None) -> Verdict:
    """A receipt is all that visitors have; whoever has an account shows that she is the one."""
    if author is None or author.ladder_step >= REGISTERED:
        return refused(NotYourReceipt("Sign in to erase what you said with an account."))
    return ALLOWED
