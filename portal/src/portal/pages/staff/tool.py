"""Roles of accounts, and what identity refuses."""

from portal.language import _
from portal.tools import Tool


def _roles() -> dict[str, str]:
    return {"official": _("Official"), "moderator": _("Moderator"), "administrator": _("Administrator")}


def _problems() -> dict[str, tuple[str, str]]:
    return {
        "bad-login": (_("This is not an e-mail address"), _("Write it like name@example.org.")),
        "login-taken": (_("This address has an account already"), _("One address has one account.")),
        "password-too-short": (_("The password is too short"), _("Choose a longer one.")),
        "password-too-common": (_("The password is too easy to guess"), _("Choose another one.")),
    }


TOOL = Tool("staff", words={"account_role": _roles}, problems=_problems)
