"""The front door of engagement: what it answers, what it hears, what it does by itself."""

from collections.abc import Mapping

from chassis import app
from chassis.app import App
from chassis.database import Transaction
from chassis.events import Event
from chassis.runtime import Handler, Loop, Service, Tick
from engagement.access import actions as coming_in
from engagement.access import api as access
from engagement.access import jobs as codes
from engagement.amendments import api as amendments
from engagement.amendments import tool as amendments_tool
from engagement.anchoring import jobs as carrying
from engagement.annotations import api as annotations
from engagement.annotations import tool as documents_tool
from engagement.appeals import api as appeals
from engagement.blueprints import api as blueprints
from engagement.changes import api as text_changes
from engagement.comments import api as comments
from engagement.comments import tool as comments_tool
from engagement.commitments import api as commitments
from engagement.counts import consumers as counts
from engagement.criteria import api as criteria
from engagement.dispositions import api as dispositions
from engagement.documents import actions as documents_actions
from engagement.documents import api as documents
from engagement.entering import api as entering
from engagement.evaluation import api as evaluation
from engagement.exports import api as exports
from engagement.facts import api as facts
from engagement.follows import actions as following
from engagement.follows import api as follows
from engagement.follows import jobs as newsletters
from engagement.helpdesk import api as helpdesk
from engagement.helpdesk import jobs as cases
from engagement.imports import api as imports
from engagement.listing import api as listing
from engagement.merging import api as merging
from engagement.moderation import api as moderation
from engagement.monitoring import actions as watching
from engagement.monitoring import api as monitoring
from engagement.monitoring import consumers as activity
from engagement.mydata import api as mydata
from engagement.mydata import consumers as consents
from engagement.officials import api as officials
from engagement.participants import actions as joining
from engagement.participants import api as participants
from engagement.participants import jobs as errands
from engagement.pictures import api as pictures
from engagement.processes import api as processes
from engagement.processes import consumers as phases
from engagement.processes import tools
from engagement.proposals import api as proposals
from engagement.proposals import tool as proposals_tool
from engagement.publication import api as publication
from engagement.receipts import api as receipts
from engagement.responses import api as responses
from engagement.responses import consumers as changes
from engagement.responses import tool as surveys_tool
from engagement.results import api as results
from engagement.results import consumers as notices
from engagement.rulebook import api as rulebook
from engagement.rules import api as rules
from engagement.screening import consumers as screening
from engagement.settings import Settings
from engagement.survey_results import api as survey_results
from engagement.survey_tally import actions as tallying
from engagement.survey_tally import consumers as survey_news
from engagement.survey_tally import jobs as survey_tally
from engagement.surveys import api as surveys
from engagement.thresholds import consumers as thresholds
from engagement.translations import api as translations

_FOLD_SECONDS, _WATCH_SECONDS = 2.0, 900.0
_LETTERS_SECONDS, _SWEEP_SECONDS = 60.0, 3600.0


def _heard(*by: Mapping[str, Handler]) -> dict[str, Handler]:
    """Every listener of an event type hears it, in the order in which they are named."""
    listeners: dict[str, list[Handler]] = {}
    for each in by:
        for event_type, handler in each.items():
            listeners.setdefault(event_type, []).append(handler)
    return {event_type: _one_by_one(handlers) for event_type, handlers in listeners.items()}


def _one_by_one(handlers: list[Handler]) -> Handler:
    def hear(tx: Transaction, event: Event) -> None:
        for handler in handlers:
            handler(tx, event)

    return hear


tools.register(proposals_tool.TOOL, comments_tool.TOOL, documents_tool.TOOL, surveys_tool.TOOL, amendments_tool.TOOL)
SERVICE = Service(
    name="engagement",
    operations=(
        processes,
        publication,
        officials,
        translations,
        blueprints,
        participants,
        proposals,
        comments,
        documents,
        annotations,
        text_changes,
        dispositions,
        listing,
        moderation,
        merging,
        commitments,
        criteria,
        rulebook,
        appeals,
        facts,
        evaluation,
        results,
        receipts,
        access,
        follows,
        mydata,
        helpdesk,
        imports,
        monitoring,
        exports,
        surveys,
        responses,
        survey_results,
        entering,
        rules,
        pictures,
        amendments,
    ),
    subscriptions=_heard(
        {
            "scheduler.alert-fired.v1": phases.on_alert_fired,
            "consent.record-withdrawn.v1": consents.on_record_withdrawn,
            "messaging.notice-delivered.v1": notices.on_notice_delivered,
            "engagement.proposal-published.v1": counts.on_proposal_published,
            "engagement.proposal-endorsed.v1": counts.on_proposal_endorsed,
            "engagement.endorsement-withdrawn.v1": counts.on_endorsement_withdrawn,
            "engagement.comment-posted.v1": counts.on_comment_posted,
            "engagement.contribution-hidden.v1": counts.on_contribution_hidden,
            "engagement.contribution-withdrawn.v1": counts.on_contribution_hidden,
            "engagement.contribution-restored.v1": counts.on_contribution_restored,
            "engagement.contribution-invalidated.v1": counts.on_contribution_invalidated,
            "engagement.contribution-validated.v1": counts.on_contribution_validated,
        },
        {
            "engagement.proposal-published.v1": screening.on_proposal_published,
            "engagement.comment-posted.v1": screening.on_comment_posted,
        },
        {"engagement.response-changed.v1": changes.on_response_changed},
        survey_news.SUBSCRIPTIONS,
        {"engagement.proposal-endorsed.v1": thresholds.on_proposal_endorsed},
        activity.subscriptions(),
    ),
    ticks=(
        Tick("activity", _FOLD_SECONDS, watching.fold),
        Tick("participation", _WATCH_SECONDS, watching.watch),
        Tick("newsletters", _LETTERS_SECONDS, newsletters.send_due),
        Tick("old-proofs", _SWEEP_SECONDS, codes.forget),
        Tick("old-help-cases", _SWEEP_SECONDS, cases.forget),
    ),
    loops=(Loop(tallying.BELL, survey_tally.run),),
    jobs={
        joining.JOIN: errands.join,
        documents_actions.CARRY_OVER: carrying.carry_over,
        coming_in.SEND_CODE: codes.send_code,
        following.ASK: newsletters.ask,
        following.TELL: newsletters.tell,
    },
)


def create_app(settings: Settings) -> App:
    """The block, ready to serve."""
    return app.create(SERVICE, settings)
