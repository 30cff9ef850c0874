"""All tables of engagement, a file a subject. Locks are taken in this order: process, phase, proposal, comment,
document, survey.

Texts are `{language: text}`. `status` says how a contribution counts: pending, counted, withdrawn, hidden, invalidated.
Personal data (a display name) is sealed in a column of its own, so that it can be shredded and nothing else changes.
"""

from engagement.tables.base import METADATA
from engagement.tables.comments import comment
from engagement.tables.counts import process_counts, proposal_counts
from engagement.tables.evaluation import decision, notice
from engagement.tables.imports import import_exception
from engagement.tables.moderation import moderation, report
from engagement.tables.participants import participant
from engagement.tables.processes import audit, numbering, phase, process
from engagement.tables.proposals import endorsement, proposal
from engagement.tables.receipts import process_log

__all__ = [
    "METADATA",
    "audit",
    "comment",
    "decision",
    "endorsement",
    "import_exception",
    "moderation",
    "notice",
    "numbering",
    "participant",
    "phase",
    "process",
    "process_counts",
    "process_log",
    "proposal",
    "proposal_counts",
    "report",
]
