"""Which orders may be asked for."""

from chassis.verdict import ALLOWED, Verdict, refused
from engagement.listing.model import BY_SUPPORT, Order
from engagement.processes.policy import CountsHidden


def may_order(order: Order, counted: bool) -> Verdict:
    """`counted`: whether the reader may know what was counted."""
    if counted or order not in BY_SUPPORT:
        return ALLOWED
    return refused(CountsHidden("Support is not shown before the phase has closed."))
