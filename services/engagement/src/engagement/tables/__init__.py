"""All tables of engagement, a file a subject. Locks are taken in this order: process, phase, proposal, comment,
document, survey.

Texts are `{language: text}`. `status` says how a contribution counts: pending, counted, withdrawn, hidden, invalidated.
Personal data (a display name) is sealed in a column of its own, so that it can be shredded and nothing else changes.
"""

from engagement.tables.access import follow, help_case, proof
from engagement.tables.base import METADATA
from engagement.tables.comments import comment
from engagement.tables.commitments import commitment, milestone
from engagement.tables.counts import process_counts, proposal_counts
from engagement.tables.criteria import assessment, criteria_set, evaluator
from engagement.tables.documents import (
    anchor,
    anchoring,
    annotation,
    disposition,
    document,
    document_block,
    document_version,
)
from engagement.tables.evaluation import decision, merged_proposal, notice
from engagement.tables.facts import fact_box, rumour
from engagement.tables.ideas import (
    amendment,
    comment_favour,
    picture_file,
    proposal_rules,
    proposal_text,
    similar_outcome,
    threshold_reached,
    title_sketch,
)
from engagement.tables.imports import import_exception
from engagement.tables.moderation import (
    appeal,
    context_label,
    finding,
    moderation,
    moderation_case,
    moderation_head,
    moderation_rules,
    report,
    sketch,
)
from engagement.tables.monitoring import (
    activity,
    activity_actor,
    activity_answer,
    activity_due,
    activity_newcomers,
    activity_seen,
    activity_spread,
    participation_alert,
)
from engagement.tables.participants import participant
from engagement.tables.processes import audit, blueprint, numbering, official, phase, process, publication
from engagement.tables.proposals import endorsement, proposal
from engagement.tables.receipts import process_log
from engagement.tables.statistics import (
    survey_cell,
    survey_pair,
    survey_tallied,
    survey_tally,
    survey_term,
    survey_untallied,
)
from engagement.tables.surveys import response, survey, survey_picture, survey_quota, survey_revision

__all__ = [
    "METADATA",
    "activity",
    "activity_actor",
    "activity_answer",
    "activity_due",
    "activity_newcomers",
    "activity_seen",
    "activity_spread",
    "amendment",
    "anchor",
    "anchoring",
    "annotation",
    "appeal",
    "assessment",
    "audit",
    "blueprint",
    "comment",
    "comment_favour",
    "commitment",
    "context_label",
    "criteria_set",
    "decision",
    "disposition",
    "document",
    "document_block",
    "document_version",
    "endorsement",
    "evaluator",
    "fact_box",
    "finding",
    "follow",
    "help_case",
    "import_exception",
    "merged_proposal",
    "milestone",
    "moderation",
    "moderation_case",
    "moderation_head",
    "moderation_rules",
    "notice",
    "numbering",
    "official",
    "participant",
    "participation_alert",
    "phase",
    "picture_file",
    "process",
    "process_counts",
    "process_log",
    "proof",
    "proposal",
    "proposal_counts",
    "proposal_rules",
    "proposal_text",
    "publication",
    "report",
    "response",
    "rumour",
    "similar_outcome",
    "sketch",
    "survey",
    "survey_cell",
    "survey_pair",
    "survey_picture",
    "survey_quota",
    "survey_revision",
    "survey_tallied",
    "survey_tally",
    "survey_term",
    "survey_untallied",
    "threshold_reached",
    "title_sketch",
]
