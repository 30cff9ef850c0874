"""What the rest of the portal says about moderation."""

from portal.language import _
from portal.tools import Tool


def _actions() -> dict[str, str]:
    return {
        "hide": _("Hidden"),
        "restore": _("Shown again"),
        "keep": _("Kept"),
        "hold": _("Held until a moderator looks"),
        "label": _("Context added"),
        "unlabel": _("Context taken away"),
        "warn": _("Author warned"),
    }


def _filters() -> dict[str, str]:
    return {
        "words": _("Listed words"),
        "links": _("Many links"),
        "repeats": _("Repeated text"),
        "capitals": _("Mostly capitals"),
        "new_account": _("New account"),
    }


def _appeals() -> dict[str, str]:
    return {
        "open": _("Appeal waits"),
        "upheld": _("Upheld after an appeal"),
        "overturned": _("Overturned after an appeal"),
    }


def _problems() -> dict[str, tuple[str, str]]:
    return {
        "nothing-waits": (_("This does not wait any more"), _("Another moderator has looked at it meanwhile.")),
        "not-labelled": (_("No context stands beside this"), _("Someone took it away meanwhile.")),
        "not-the-author": (_("Only the author appeals"), _("Sign in with the account that wrote it.")),
        "another-moderator": (_("Another moderator decides this"), _("Whoever acted does not decide the appeal.")),
        "not-appealable": (
            _("There is no appeal against this"),
            _("The time for it is over, or nothing was taken from you."),
        ),
        "already-appealed": (_("You have appealed already"), _("You hear from us when it is decided.")),
        "appeal-decided": (_("This appeal is decided"), _("Another moderator was faster.")),
    }


TOOL = Tool(
    "moderation",
    words={"action": _actions, "filter": _filters, "appeal": _appeals},
    problems=_problems,
)
