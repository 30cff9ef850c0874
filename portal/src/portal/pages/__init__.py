"""The pages, a folder a subject: `views.py` asks and answers, `forms.py` checks input, `templates/` shows."""

from portal import tools
from portal.pages.comments.views import pages as comments
from portal.pages.help.views import pages as help_pages
from portal.pages.home.views import pages as home
from portal.pages.moderation.views import pages as moderation
from portal.pages.participation.views import pages as participation
from portal.pages.processes.views import pages as processes
from portal.pages.proposals import tool as proposals_tool
from portal.pages.proposals.views import pages as proposals
from portal.pages.receipts.views import pages as receipts
from portal.pages.results.views import pages as results
from portal.pages.sign_in.views import pages as sign_in
from portal.pages.submission.views import pages as submission
from portal.pages.work.views import pages as work

tools.register(proposals_tool.TOOL)
BLUEPRINTS = (
    home,
    sign_in,
    processes,
    proposals,
    submission,
    comments,
    participation,
    receipts,
    results,
    moderation,
    work,
    help_pages,
)
SHOWN = tuple(
    each.name for each in BLUEPRINTS if each is not sign_in
)  # signing in shows identity's pages, none of ours
