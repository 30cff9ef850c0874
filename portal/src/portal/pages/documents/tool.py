"""What the rest of the portal shows of texts that are consulted on."""

from flask import url_for

from portal import web
from portal.language import _
from portal.peers.engagement.processes import Process
from portal.tools import Offer, Tool


def _offers(process: Process) -> list[Offer]:
    open_now = process.accepts("annotation", web.now())
    title = _("Read the text and comment on it") if open_now else _("Read the text and the comments")
    return [Offer(title, url_for("documents.listing", slug=process.slug), main=open_now)]


def _desk(process: Process) -> list[Offer]:
    url = url_for("documents.of_process", process_id=process.id)
    hint = _("Bring in a text, edit it, publish versions, answer comments.")
    return [Offer(_("Texts for consultation"), url, hint)]


def _purposes() -> dict[str, str]:
    return {
        "support": _("I support this"),
        "object": _("I object to this"),
        "propose_wording": _("I propose another wording"),
        "question": _("I have a question"),
        "editorial": _("I found a mistake"),
    }


def _kinds() -> dict[str, str]:
    return {"annotation": _("Comment on a text")}


def _deeds() -> dict[str, str]:
    return {"annotation": _("comment on a text")}


def _dispositions() -> dict[str, str]:
    return {
        "accepted": _("Accepted"),
        "accepted_in_part": _("Accepted in part"),
        "not_accepted": _("Not accepted"),
        "noted": _("Noted"),
        "answered": _("The question is answered"),
    }


def _block_kinds() -> dict[str, str]:
    return {
        "heading": _("A heading"),
        "article": _("An article"),
        "para": _("A paragraph"),
        "list_item": _("An item of a list"),
        "table": _("A table"),
    }


def _changes() -> dict[str, str]:
    return {"revised": _("Other words"), "added": _("A new part"), "removed": _("No longer there")}


def _problems() -> dict[str, tuple[str, str]]:
    return {
        "unreadable-text": (_("This file cannot be read"), _("Save it again as .docx, .odt, .html or .md.")),
        "text-too-large": (_("This text is too large"), _("Bring it in as several documents.")),
        "bad-edit": (_("The draft looks different now"), _("Look at it again, then repeat what you wanted.")),
        "draft-exists": (_("There is a draft already"), _("Edit or publish that one first.")),
        "no-draft": (_("There is no draft"), _("Begin the next version first.")),
        "version-is-published": (_("This version is published"), _("What is published never changes.")),
        "version-superseded": (_("There is a newer version of this text"), _("Please comment on the newest one.")),
        "nothing-to-publish": (_("Nothing has changed"), _("Edit the draft before you publish it.")),
        "quote-not-found": (
            _("These words are not in the paragraph"),
            _("Copy them as they stand, or leave the field empty to comment on all of it."),
        ),
        "wording-missing": (_("The proposed wording is missing"), _("Write what should stand there instead.")),
        "annotation-closed": (_("This comment is closed"), _("A moderator hid it, or showed it again meanwhile.")),
        "disposition-unexplained": (
            _("Explain the reason in words"),
            _("People read why their comment was answered so."),
        ),
        "disposition-is-public": (_("This answer is public already"), _("Reply to the comment instead.")),
        "unknown-change": (_("There is no such change"), _("Name a part of the draft by its number.")),
        "wording-moved": (
            _("The draft does not hold these words any more"),
            _("Edit the draft by hand, then record the answer."),
        ),
    }


TOOL = Tool(
    "documents",
    frozenset({"annotation"}),
    _offers,
    _desk,
    words={
        "kind": _kinds,
        "deed": _deeds,
        "purpose": _purposes,
        "disposition": _dispositions,
        "block": _block_kinds,
        "change": _changes,
    },
    problems=_problems,
)
