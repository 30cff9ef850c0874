"""The forms of an amendment."""

from collections.abc import Mapping
from typing import Self

from wtforms import Field

from portal.forms import Filled, Form, OneOf, Wrong, line, long_enough, new_key, paragraphs, short_enough, unseen
from portal.language import _
from portal.peers.engagement.processes import Limits
from portal.peers.engagement.proposals import Proposal
from portal.peers.wire import Text

_REASON_LEAST, _REASON_MOST = 5, 1000
OUTCOMES = ("accepted", "rejected")


class AmendmentForm(Form):
    title = line(Filled(lambda: _("The idea needs a title")))
    summary = paragraphs()
    body = paragraphs()
    rationale = paragraphs(Filled(lambda: _("Say why the words should be others")))
    key = unseen()

    @classmethod
    def of(cls, proposal: Proposal, language: str) -> Self:
        """With the words as they stand, to change them."""
        texts = {name: (getattr(proposal, name) or {}).get(language, "") for name in ("title", "summary", "body")}
        return cls({"key": new_key(), **texts})

    def fits(self, limits: Limits, proposal: Proposal, language: str) -> bool:
        def size(form: Form, field: Field) -> None:
            long_enough(field, limits.title_min)
            short_enough(field, limits.title_max)

        def reason(form: Form, field: Field) -> None:
            long_enough(field, _REASON_LEAST)
            short_enough(field, _REASON_MOST)
            if not self.changed(proposal, language):
                raise Wrong(_("Change at least one word of the idea"))

        return self.accepted(
            {
                "title": [size],
                "summary": [lambda form, field: short_enough(field, limits.summary_max)],
                "body": [lambda form, field: short_enough(field, limits.body_max)],
                "rationale": [reason],
            }
        )

    def changed(self, proposal: Proposal, language: str) -> dict[str, Text]:
        """Texts that differ from the proposal's, whole: other languages stay as they are."""
        found: dict[str, Text] = {}
        for name in ("title", "summary", "body"):
            before: Mapping[str, str] = getattr(proposal, name) or {}
            written = self.data[name] or ""
            if written and written != before.get(language, ""):
                found[name] = {**before, language: written}
        return found


class DecisionForm(Form):
    outcome = line(
        Filled(lambda: _("Choose whether you take the words over")), OneOf(OUTCOMES, lambda: _("Choose one of the two"))
    )
    reason = paragraphs(Filled(lambda: _("Say why")))

    def validate_reason(self, field: Field) -> None:
        long_enough(field, _REASON_LEAST)
        short_enough(field, _REASON_MOST)
