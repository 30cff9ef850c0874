"""The front door of engagement: what it answers, what it hears, what it does by itself."""

from chassis import app
from chassis.app import App
from chassis.runtime import Service
from engagement.counts import consumers as counts
from engagement.listing import api as listing
from engagement.participants import actions as joining
from engagement.participants import api as participants
from engagement.participants import jobs as errands
from engagement.processes import api as processes
from engagement.processes import consumers as phases
from engagement.proposals import api as proposals
from engagement.receipts import api as receipts
from engagement.settings import Settings

SERVICE = Service(
    name="engagement",
    operations=(processes, participants, proposals, listing, receipts),
    subscriptions={
        "scheduler.alert-fired.v1": phases.on_alert_fired,
        "engagement.proposal-published.v1": counts.on_proposal_published,
        "engagement.proposal-endorsed.v1": counts.on_proposal_endorsed,
        "engagement.endorsement-withdrawn.v1": counts.on_endorsement_withdrawn,
        "engagement.comment-posted.v1": counts.on_comment_posted,
        "engagement.contribution-hidden.v1": counts.on_contribution_hidden,
        "engagement.contribution-restored.v1": counts.on_contribution_restored,
    },
    jobs={joining.JOIN: errands.join},
)


def create_app(settings: Settings) -> App:
    """The block, ready to serve."""
    return app.create(SERVICE, settings)
