"""Problems in the words of the page: what happened, and what the person can do now.

A problem is known by its slug. One that we have no words for is shown with those of its kind, and with the block's own
title and detail beside them.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass

from portal.language import _
from portal.peers.gateway import Refusal

Source = Callable[[], Mapping[str, tuple[str, str]]]
"""Explanations in the language of the request: `{slug: (title, advice)}`."""


@dataclass(frozen=True, slots=True)
class Explanation:
    title: str
    advice: str
    said: str = ""  # what the block said, in English, where we have no words of our own


def explain(refusal: Refusal) -> Explanation:
    """In the language of the request."""
    known = _known().get(refusal.slug)
    if known:
        return Explanation(*known)
    title, advice = _of_status(refusal.status)
    return Explanation(title, advice, " \N{EN DASH} ".join(part for part in (refusal.title, refusal.detail) if part))


def teach(tool: str, source: Source) -> None:
    """Explanations of a tool's own problems."""
    _SOURCES[tool] = source


def _known() -> dict[str, tuple[str, str]]:
    return {slug: words for source in _SOURCES.values() for slug, words in source().items()}


def _of_contributions() -> dict[str, tuple[str, str]]:
    return {
        "phase-closed": (
            _("This phase is closed"),
            _("Contributions of this kind are not taken now. The process page says when each phase opens and closes."),
        ),
        "not-a-participant": (
            _("You have not joined this process yet"),
            _("Join first: you choose the name that is shown and agree to how your data is used."),
        ),
        "process-not-joinable": (
            _("This process cannot be joined now"),
            _("The process page says when it is open."),
        ),
        "already-endorsed": (_("You support this idea already"), _("Your support counts once. You can take it back.")),
        "already-reported": (
            _("You reported this already"),
            _("The moderators have your report. There is nothing more to do."),
        ),
        "already-submitted": (
            _("This idea was submitted already"),
            _("You find it in the list of ideas."),
        ),
        "proposal-closed": (
            _("This idea takes no more contributions"),
            _("It was withdrawn, hidden or decided. Other ideas of the process may still be open."),
        ),
        "comment-closed": (
            _("This comment is closed"),
            _("A moderator hid it, or showed it again meanwhile. Reload the page to see it as it stands."),
        ),
        "outside-limits": (
            _("The text is too short or too long"),
            _("Correct it and send it again."),
        ),
        "unknown-category": (_("Choose a category"), _("The idea needs one of the categories of the process.")),
        "stale": (
            _("Someone else changed this in the meantime"),
            _("Go back, look at the newest version and try again."),
        ),
    }


def _of_officials() -> dict[str, tuple[str, str]]:
    return {
        "four-eyes": (
            _("Another official has to approve"),
            _("Whoever wrote the plan cannot approve it. Ask a colleague."),
        ),
        "strategy-incomplete": (
            _("The plan is not complete"),
            _("Fill in what the checklist still asks, then try again."),
        ),
        "not-in-review": (
            _("This plan does not wait for approval"),
            _("It was approved already, or was not handed in yet."),
        ),
        "not-a-draft": (
            _("This plan was handed in already"),
            _("Another official can approve it now."),
        ),
        "not-verified": (
            _("Some ideas are not checked yet"),
            _("Every idea must be marked valid or invalid before the input is sealed."),
        ),
        "not-sealed": (
            _("An earlier step is missing"),
            _("The last phase has to close, the input to be checked and sealed; then the decisions follow."),
        ),
        "undecided": (
            _("Some ideas have no decision yet"),
            _("Every idea needs a decision before the answers are published."),
        ),
        "reason-missing": (
            _("Explain the reason in words"),
            _("A rejection and the choice “another reason” need it."),
        ),
        "not-an-official": (_("Only officials do this"), _("Sign in with an official's account.")),
        "not-a-moderator": (_("Only moderators do this"), _("Sign in with a moderator's account.")),
    }


def _of_status(status: int) -> tuple[str, str]:
    return {
        400: (_("We could not use what was sent"), _("Check your answers and try again.")),
        401: (_("Please sign in again"), _("Your sign-in has ended. Nothing was lost on the server.")),
        403: (_("You may not do this"), _("Your account does not have the right for it.")),
        404: (
            _("Page not found"),
            _("The address may be mistyped, or what was here is no longer public."),
        ),
        409: (_("This is not possible now"), _("The state of things has changed. Go back and look again.")),
        429: (_("Too many requests"), _("Please wait a minute and try again.")),
    }.get(
        status,
        (
            _("Part of the service is not answering"),
            _("Nothing that you sent before is lost. Please try again in a minute."),
        ),
    )


_SOURCES: dict[str, Source] = {"contributions": _of_contributions, "officials": _of_officials}
