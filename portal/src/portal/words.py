"""Codes of the contracts in the words of the page, and small sentences about time."""

import math
from collections.abc import Callable, Iterable, Mapping
from datetime import datetime

from portal.language import _, listed, ngettext
from portal.peers.engagement.processes import Phase, Process

_DAY_SECONDS = 86_400
_HOUR_SECONDS = 3_600
Source = Callable[[], Mapping[str, str]]
"""Names of codes in the language of the request: `{code: name}`."""


def word(kind: str, code: str | None) -> str:
    """What a code is called, for example `word("outcome", "accepted")`. A code that is new to us is shown as it is."""
    if code is None:
        return ""
    found = (source().get(code) for source in _WORDS[kind])
    return next(filter(None, found), code.replace("_", " "))


def teach(sources: Mapping[str, Source]) -> None:
    """Names for further codes, of kinds that are known already or not."""
    for kind, source in sources.items():
        known = _WORDS.setdefault(kind, [])
        if source not in known:
            known.append(source)


def closes_in(phase: Phase, at: datetime) -> str:
    """How long the phase is still open."""
    left = (phase.closes_at - at).total_seconds()
    if left < 0:
        return _("Closed")
    if left < _HOUR_SECONDS:
        return _("Closes within the hour")
    if left < _DAY_SECONDS:
        hours = math.floor(left / _HOUR_SECONDS)
        return ngettext("Closes in %(num)s hour", "Closes in %(num)s hours", hours)
    days = math.floor(left / _DAY_SECONDS)
    return ngettext("Closes in %(num)s day", "Closes in %(num)s days", days)


def step_state(phase: Phase, process: Process, at: datetime) -> str:
    """`done`, `here` or `ahead`: where the phase stands on the process's way."""
    if process.state in ("draft", "in_review"):
        return "ahead"
    if phase.is_open(at):
        return "here"
    return "done" if phase.closes_at <= at else "ahead"


def deeds(kinds: Iterable[str]) -> str:
    """What people can do in a phase that accepts these kinds: `propose ideas, comment and support ideas`."""
    return listed([word("deed", kind) for kind in kinds])


def _process_states() -> dict[str, str]:
    return {
        "draft": _("Draft"),
        "in_review": _("In review"),
        "scheduled": _("Opens soon"),
        "open": _("Open"),
        "closed": _("Closed"),
        "analysing": _("Being assessed"),
        "decided": _("Decided"),
        "monitored": _("Being carried out"),
        "archived": _("Archived"),
        "cancelled": _("Cancelled"),
    }


def _levels() -> dict[str, str]:
    return {
        "inform": _("You are informed"),
        "consult": _("Your views are asked"),
        "cocreate": _("You help to shape the decision"),
    }


def _outcomes() -> dict[str, str]:
    return {
        "accepted": _("Accepted"),
        "accepted_in_part": _("Accepted in part"),
        "rejected": _("Not accepted"),
        "merged": _("Merged with another idea"),
        "already_planned": _("Already planned"),
        "out_of_scope": _("Outside the scope"),
    }


def _reason_codes() -> dict[str, str]:
    return {
        "included_in_plan": _("It is part of the plan"),
        "duplicate": _("Another idea asks the same"),
        "out_of_competence": _("Another authority is responsible"),
        "infeasible": _("It cannot be done for technical, legal or cost reasons"),
        "infeasible_technical": _("It cannot be done for technical reasons"),
        "infeasible_legal": _("It cannot be done for legal reasons"),
        "infeasible_cost": _("It costs more than can be spent"),
        "in_conflict": _("It conflicts with a rule or another decision"),
        "already_done": _("It is done already"),
        "not_prioritised": _("Other ideas were given priority"),
        "incomplete": _("It lacks what is needed to assess it"),
        "other": _("Another reason"),
        "not_recorded": _("The reason was not recorded"),
    }


def _rules() -> dict[str, str]:
    return {
        "spam": _("Advertising or spam"),
        "offensive": _("Insults or hate"),
        "personal_data": _("Personal data of someone"),
        "illegal": _("Illegal content"),
        "off_topic": _("Not about this subject"),
        "impersonation": _("Pretends to be someone else"),
        "misinformation": _("False information"),
        "duplicate": _("Posted more than once"),
    }


def _channels() -> dict[str, str]:
    return {
        "web": _("Website"),
        "sms": _("Text message"),
        "paper": _("Paper form"),
        "meeting": _("Meeting"),
        "phone": _("Telephone"),
        "import": _("Brought from an earlier system"),
    }


def _positions() -> dict[str, str]:
    return {"in_favour": _("In favour"), "neutral": _("Neutral"), "against": _("Against")}


def _kinds() -> dict[str, str]:
    return {"proposal": _("Idea"), "comment": _("Comment"), "endorsement": _("Support")}


def _deeds() -> dict[str, str]:
    return {"proposal": _("propose ideas"), "comment": _("write comments"), "endorsement": _("support ideas")}


def _receipt_states() -> dict[str, str]:
    return {
        "pending": _("Being checked"),
        "counted": _("Counted"),
        "withdrawn": _("Withdrawn"),
        "hidden": _("Hidden by a moderator"),
        "invalidated": _("Not counted"),
    }


def _proposal_states() -> dict[str, str]:
    return {
        "draft": _("Draft"),
        "published": _("Published"),
        "withdrawn": _("Withdrawn"),
        "hidden": _("Hidden by a moderator"),
    }


def _orders() -> dict[str, str]:
    return {"random": _("Random"), "newest": _("Newest first"), "most_supported": _("Most supported first")}


def _tasks() -> dict[str, str]:
    return {
        "approve": _("Approve the plan"),
        "verify": _("Check the input"),
        "decide": _("Decide and publish the answers"),
    }


def _checklist() -> dict[str, str]:
    return {
        "level": _("Level of participation"),
        "objective": _("Objective"),
        "whatIsDecided": _("What is being decided"),
        "whoDecides": _("Who decides"),
        "howInputIsUsed": _("How input is used"),
        "howFeedbackIsGiven": _("How feedback is given"),
        "feedbackDueDate": _("Date by which people hear back"),
        "privacyNotice": _("Privacy notice"),
        "responsibleOfficial": _("Responsible official"),
        "phases": _("At least one phase"),
        "dataAgreementId": _("Data agreement"),
        "legalBasis": _("Legal basis"),
        "notice": _("Public notice"),
        "minimumDays": _("Days for which people can contribute at least"),
    }


def _actions() -> dict[str, str]:
    return {"hide": _("Hidden"), "restore": _("Shown again")}


_WORDS: dict[str, list[Source]] = {
    "process": [_process_states],
    "level": [_levels],
    "outcome": [_outcomes],
    "reason": [_reason_codes],
    "rule": [_rules],
    "channel": [_channels],
    "position": [_positions],
    "kind": [_kinds],
    "deed": [_deeds],
    "receipt": [_receipt_states],
    "proposal": [_proposal_states],
    "order": [_orders],
    "task": [_tasks],
    "checklist": [_checklist],
    "action": [_actions],
}
