"""Words of plans that other pages show too."""

from portal.language import _
from portal.tools import Tool


def _subjects() -> dict[str, str]:
    return {
        "basics": _("Name, summary and languages"),
        "purpose": _("What it is for"),
        "feedback": _("How input is used, and when people hear back"),
        "people": _("Who takes part, and who is responsible"),
        "data": _("Personal data"),
        "law": _("What the law asks"),
        "phases": _("The phases"),
    }


def _access() -> dict[str, str]:
    return {
        "open": _("Nothing: everybody can take part"),
        "email": _("An e-mail address that answers"),
        "sms": _("A telephone number that answers"),
        "registered": _("An account"),
        "verified": _("An account whose holder was verified"),
    }


def _phase_kinds() -> dict[str, str]:
    return {
        "inform": _("Inform"),
        "collect": _("Collect contributions"),
        "discuss": _("Discuss"),
        "prioritise": _("Set priorities"),
        "vote": _("Vote"),
        "evaluate": _("Assess"),
        "report": _("Reporting"),
    }


def _legal_bases() -> dict[str, str]:
    return {
        "consent": _("The person agreed"),
        "public_task": _("A task in the public interest"),
        "legal_obligation": _("A law demands it"),
        "contract": _("A contract with the person"),
        "legitimate_interests": _("A legitimate interest"),
        "vital_interests": _("It protects someone's life"),
    }


def _roles() -> dict[str, str]:
    return {
        "editor": _("Editor"),
        "publisher": _("Publisher"),
        "moderator": _("Moderator"),
        "evaluator": _("Evaluator"),
        "data_entry": _("Data entry"),
        "analyst": _("Analyst"),
        "decision_maker": _("Decision-maker"),
        "auditor": _("Auditor"),
    }


def _publications() -> dict[str, str]:
    return {
        "approved": _("Published"),
        "rescheduled": _("A phase was moved"),
        "announced": _("An announcement was changed"),
        "translated": _("A translation was changed"),
        "cancelled": _("Cancelled"),
        "monitored": _("Monitoring began"),
        "archived": _("Archived"),
    }


def _tabs() -> dict[str, str]:
    return {
        "plan": _("Plan"),
        "build": _("Build"),
        "publish": _("Publish"),
        "monitor": _("Monitor"),
        "inputs": _("Inputs"),
        "evaluate": _("Evaluate"),
        "decide": _("Decide"),
        "report": _("Reporting"),
    }


def _texts() -> dict[str, str]:
    return {
        "title": _("Title"),
        "summary": _("Summary"),
        "area": _("Area"),
        "objective": _("Objective"),
        "whatIsDecided": _("What is being decided"),
        "whatIsNotNegotiable": _("What cannot be changed"),
        "whoDecides": _("Who decides"),
        "howInputIsUsed": _("How input is used"),
        "howFeedbackIsGiven": _("How feedback is given"),
        "privacyNotice": _("Privacy notice"),
        "legalBasis": _("Legal basis"),
        "notice": _("Public notice"),
        "faceToFaceFormats": _("Meeting in person"),
        "dataFields": _("Personal data"),
        "phases": _("Phase"),
        "categories": _("Category"),
        "name": _("Name"),
        "purpose": _("What for"),
        "recipients": _("Who gets it"),
        "announcement": _("Announcement"),
    }


def _problems() -> dict[str, tuple[str, str]]:
    return {
        "not-your-role": (
            _("Another official holds this role"),
            _("The page “Who does what” of the process names her."),
        ),
        "period-too-short": (
            _("The law asks for more time"),
            _("Let the phases last longer, or publish earlier."),
        ),
        "phase-order": (
            _("The phases overlap"),
            _("Correct the days, or allow the later phase to overlap."),
        ),
        "slug-taken": (
            _("Another process has this address"),
            _("Choose another title or address."),
        ),
        "original-is-public": (
            _("The original text is public"),
            _("What was published is not rewritten. Announce the correction above a phase."),
        ),
        "not-running": (_("This process cannot be cancelled"), _("It is not public, or it is decided already.")),
        "not-decided": (_("This process is not decided yet"), _("Publish the answers first.")),
    }


TOOL = Tool(
    "plan",
    words={
        "subject": _subjects,
        "access": _access,
        "phase_kind": _phase_kinds,
        "legal_basis": _legal_bases,
        "role": _roles,
        "publication": _publications,
        "plan_text": _texts,
        "tab": _tabs,
    },
    problems=_problems,
)
