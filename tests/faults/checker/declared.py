"""Who handles what, written down a second time; a test compares it with the blocks."""

_PROPOSALS = (
    "proposal-published",
    "proposal-endorsed",
    "endorsement-withdrawn",
    "comment-posted",
    "contribution-hidden",
    "contribution-restored",
    "contribution-invalidated",
    "contribution-validated",
    "contribution-withdrawn",
    "decision-published",
    "amendment-proposed",
)
_TOOLS = ("annotation-posted", "response-submitted", "response-changed", "response-withdrawn")
_PEERS = ("scheduler.alert-fired.v1", "messaging.notice-delivered.v1", "consent.record-withdrawn.v1")

HANDLES: dict[str, frozenset[str]] = {
    "engagement": frozenset({*(f"engagement.{fact}.v1" for fact in (*_PROPOSALS, *_TOOLS)), *_PEERS}),
    "messaging": frozenset(f"engagement.{fact}.v1" for fact in ("feedback-due", "proposal-endorsed", "comment-posted")),
    "scheduler": frozenset(f"engagement.{fact}.v1" for fact in ("process-approved", "phase-rescheduled")),
    "workflow": frozenset(
        f"engagement.{fact}.v1"
        for fact in ("process-drafted", "process-approved", "phase-closed", "results-sealed", "process-decided")
    ),
}
