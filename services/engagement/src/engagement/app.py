"""The front door of engagement: what it answers, what it hears, what it does by itself."""

from chassis import app
from chassis.app import App
from chassis.runtime import Service
from engagement.comments import api as comments
from engagement.comments import tool as comments_tool
from engagement.counts import consumers as counts
from engagement.evaluation import api as evaluation
from engagement.imports import api as imports
from engagement.listing import api as listing
from engagement.moderation import api as moderation
from engagement.participants import actions as joining
from engagement.participants import api as participants
from engagement.participants import jobs as errands
from engagement.processes import api as processes
from engagement.processes import consumers as phases
from engagement.processes import tools
from engagement.proposals import api as proposals
from engagement.proposals import tool as proposals_tool
from engagement.receipts import api as receipts
from engagement.results import api as results
from engagement.results import consumers as notices
from engagement.settings import Settings

tools.register(proposals_tool.TOOL, comments_tool.TOOL)
SERVICE = Service(
    name="engagement",
    operations=(
        processes,
        participants,
        proposals,
        comments,
        listing,
        moderation,
        evaluation,
        results,
        receipts,
        imports,
    ),
    subscriptions={
        "scheduler.alert-fired.v1": phases.on_alert_fired,
        "messaging.notice-delivered.v1": notices.on_notice_delivered,
        "engagement.proposal-published.v1": counts.on_proposal_published,
        "engagement.proposal-endorsed.v1": counts.on_proposal_endorsed,
        "engagement.endorsement-withdrawn.v1": counts.on_endorsement_withdrawn,
        "engagement.comment-posted.v1": counts.on_comment_posted,
        "engagement.contribution-hidden.v1": counts.on_contribution_hidden,
        "engagement.contribution-restored.v1": counts.on_contribution_restored,
        "engagement.contribution-invalidated.v1": counts.on_contribution_invalidated,
        "engagement.contribution-validated.v1": counts.on_contribution_validated,
    },
    jobs={joining.JOIN: errands.join},
)


def create_app(settings: Settings) -> App:
    """The block, ready to serve."""
    return app.create(SERVICE, settings)
