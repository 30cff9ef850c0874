from portal.language import _
from portal.tools import Tool


def _steps() -> dict[str, str]:
    return {
        "0": _("by a key in this browser"),
        "1": _("by an e-mail address that answered"),
        "2": _("by a telephone number that answered"),
        "3": _("by your account"),
        "4": _("by your account, identity checked"),
    }


def _problems() -> dict[str, tuple[str, str]]:
    return {
        "account-needed": (_("This process is for people with an account"), _("Sign in to take part.")),
        "identity-not-checked": (
            _("This process is for people whose identity was checked"),
            _("Sign in in a way that checks your identity, or ask the help desk."),
        ),
        "address-refused": (_("This address cannot be used"), _("Use another e-mail address.")),
        "too-many-codes": (_("Several codes were sent already"), _("Wait an hour before you ask for another one.")),
        "code-wrong": (_("This is not the code that was sent"), _("Look at the e-mail again.")),
        "proof-over": (_("This code is over"), _("Go back and ask for a new one.")),
        "proof-needed": (_("Prove an e-mail address first"), _("Ask for a code and enter it.")),
    }


TOOL = Tool("me", words={"step": _steps}, problems=_problems)
