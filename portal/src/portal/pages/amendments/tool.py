from portal.language import _
from portal.tools import Tool


def _kinds() -> dict[str, str]:
    return {"amendment": _("Amendment")}


def _deeds() -> dict[str, str]:
    return {"amendment": _("propose amendments")}


def _states() -> dict[str, str]:
    return {
        "evaluating": _("Waits for the author"),
        "accepted": _("Taken over"),
        "rejected": _("Not taken over"),
        "withdrawn": _("Withdrawn"),
        "promoted": _("An idea of its own"),
    }


def _decisions() -> dict[str, str]:
    return {"accepted": _("Take these words over"), "rejected": _("Leave the idea as it is")}


def _problems() -> dict[str, tuple[str, str]]:
    return {
        "amendments-off": (_("This process takes no amendments"), _("You can comment on the idea instead.")),
        "too-many-amendments": (
            _("Ten amendments wait for the author already"),
            _("Come back when some of them are decided."),
        ),
        "amendment-closed": (_("This amendment is closed"), _("Reload the page to see what became of it.")),
        "amendment-outdated": (
            _("The idea has other words by now"),
            _("The amendment changes a former text. It can be proposed again for the newest one."),
        ),
        "nothing-changed": (_("The amendment changes nothing"), _("Change at least one word of the idea.")),
    }


TOOL = Tool(
    "amendments",
    frozenset({"amendment"}),
    words={"kind": _kinds, "deed": _deeds, "amendment": _states, "amendment_decision": _decisions},
    problems=_problems,
)
