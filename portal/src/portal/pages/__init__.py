"""The pages, a folder a subject: `views.py` asks and answers, `forms.py` checks input, `templates/` shows."""

from portal import tools
from portal.pages.amendments import tool as amendments_tool
from portal.pages.amendments.views import pages as amendments
from portal.pages.appeals.views import pages as appeals
from portal.pages.comments.views import pages as comments
from portal.pages.commitments import tool as commitments_tool
from portal.pages.commitments.views import pages as commitments
from portal.pages.criteria import tool as criteria_tool
from portal.pages.criteria.views import pages as criteria
from portal.pages.decisions.views import pages as decisions
from portal.pages.documents import tool as documents_tool
from portal.pages.documents.views import pages as documents
from portal.pages.facts import tool as facts_tool
from portal.pages.facts.views import pages as facts
from portal.pages.follow import tool as follow_tool
from portal.pages.follow.views import pages as follow
from portal.pages.help.views import pages as help_pages
from portal.pages.helpdesk import tool as helpdesk_tool
from portal.pages.helpdesk.views import pages as helpdesk
from portal.pages.home.views import pages as home
from portal.pages.me import tool as me_tool
from portal.pages.me.views import pages as me
from portal.pages.moderation import tool as moderation_tool
from portal.pages.moderation.views import pages as moderation
from portal.pages.monitoring import tool as monitoring_tool
from portal.pages.monitoring.views import pages as monitoring
from portal.pages.open_data import tool as open_data_tool
from portal.pages.open_data.views import pages as open_data
from portal.pages.participation.views import pages as participation
from portal.pages.pictures.views import pages as pictures
from portal.pages.plan import tool as plan_tool
from portal.pages.plan.views import pages as plan
from portal.pages.processes.views import pages as processes
from portal.pages.proposals import tool as proposals_tool
from portal.pages.proposals.views import pages as proposals
from portal.pages.receipts.views import pages as receipts
from portal.pages.results.views import pages as results
from portal.pages.rules import tool as rules_tool
from portal.pages.rules.views import pages as rules
from portal.pages.sign_in.views import pages as sign_in
from portal.pages.staff import tool as staff_tool
from portal.pages.staff.views import pages as staff
from portal.pages.submission.views import pages as submission
from portal.pages.survey_builder import tool as survey_builder_tool
from portal.pages.survey_builder.views import pages as survey_builder
from portal.pages.survey_results import tool as survey_results_tool
from portal.pages.survey_results.views import pages as survey_results
from portal.pages.surveys import tool as surveys_tool
from portal.pages.surveys.views import pages as surveys
from portal.pages.work.views import pages as work

tools.register(
    proposals_tool.TOOL,
    amendments_tool.TOOL,
    rules_tool.TOOL,
    documents_tool.TOOL,
    monitoring_tool.TOOL,
    open_data_tool.TOOL,
    surveys_tool.TOOL,
    survey_results_tool.TOOL,
    survey_builder_tool.TOOL,
    plan_tool.TOOL,
    staff_tool.TOOL,
    follow_tool.TOOL,
    helpdesk_tool.TOOL,
    me_tool.TOOL,
    moderation_tool.TOOL,
    facts_tool.TOOL,
    criteria_tool.TOOL,
    commitments_tool.TOOL,
)
BLUEPRINTS = (
    home,
    sign_in,
    processes,
    proposals,
    submission,
    pictures,
    amendments,
    rules,
    comments,
    documents,
    participation,
    receipts,
    results,
    monitoring,
    open_data,
    surveys,
    survey_results,
    survey_builder,
    moderation,
    commitments,
    criteria,
    facts,
    appeals,
    work,
    plan,
    staff,
    decisions,
    follow,
    me,
    helpdesk,
    help_pages,
)
SHOWN = tuple(
    each.name for each in BLUEPRINTS if each is not sign_in
)  # signing in shows identity's pages, none of ours
