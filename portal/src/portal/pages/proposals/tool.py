from flask import url_for

from portal import web
from portal.language import _
from portal.peers.engagement.processes import Process
from portal.tools import Offer, Tool


def _offers(process: Process) -> list[Offer]:
    at = web.now()
    reading = url_for("proposals.listing", slug=process.slug)
    if process.accepts("proposal", at):
        writing = url_for("submission.title", slug=process.slug)
        return [Offer(_("Propose an idea"), writing, main=True), Offer(_("Read, discuss and support ideas"), reading)]
    if process.accepts("comment", at):
        return [Offer(_("Discuss and support ideas"), reading, main=True)]
    if process.accepts("endorsement", at):
        return [Offer(_("Support ideas"), reading, main=True)]
    return [Offer(_("Read the ideas"), reading, main=process.state != "decided")]


def _orders() -> dict[str, str]:
    return {
        "random": _("Random"),
        "newest": _("Newest first"),
        "oldest": _("Oldest first"),
        "best": _("Most agreed first"),
        "most_supported": _("Most supported first"),
        "most_answered": _("Most answered first"),
    }


def _comment_kinds() -> dict[str, str]:
    return {
        "opinion": _("Opinion"),
        "question": _("Question"),
        "fact": _("Fact"),
        "official_answer": _("Official answer"),
    }


def _causes() -> dict[str, str]:
    return {
        "submitted": _("Submitted"),
        "edited": _("Edited by the author"),
        "amended": _("Amended with the words of others"),
    }


def _fields() -> dict[str, str]:
    return {"title": _("Title"), "summary": _("Summary"), "body": _("More about it")}


def _displays() -> dict[str, str]:
    return {"name": _("My display name"), "pseudonym": _("Another name"), "anonymous": _("No name")}


def _problems() -> dict[str, tuple[str, str]]:
    return {
        "not-your-text": (_("Only the author does this"), _("You can comment on it instead.")),
        "support-limit-reached": (
            _("You have given all your support"),
            _("In this phase the number of ideas that one person supports is limited. Take one support back first."),
        ),
        "counts-hidden": (_("Counts are not shown yet"), _("They are shown once the phase has closed.")),
        "name-not-allowed": (_("This process shows authors by name"), _("Choose your display name.")),
        "comment-stands": (_("The time to edit is over"), _("You can remove your comment, or reply to it.")),
        "not-a-picture": (_("This file is no picture that we can read"), _("Choose a JPEG, PNG or WebP file.")),
        "picture-too-large": (_("The picture is too large"), _("At most 2 MB and 25 million pixels.")),
        "pictures-full": (_("There is no place for another picture"), _("Take one out first.")),
    }


TOOL = Tool(
    "proposals",
    frozenset({"proposal", "comment", "endorsement"}),
    _offers,
    words={
        "order": _orders,
        "comment_kind": _comment_kinds,
        "cause": _causes,
        "text_field": _fields,
        "display": _displays,
    },
    problems=_problems,
)
