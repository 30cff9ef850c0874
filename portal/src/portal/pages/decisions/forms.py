from datetime import UTC, datetime, time

from wtforms import DateField, Field, IntegerField
from wtforms.validators import Optional

from portal.forms import Filled, Form, OneOf, Wrong, line, long_enough, paragraphs, short_enough
from portal.language import _
from portal.peers.engagement.evaluation import OUTCOMES, REASON_CODES

_REASON_LEAST, _OFFICE_MOST = 5, 120


class DecisionForm(Form):
    outcome = line(Filled(lambda: _("Choose the decision")), OneOf(OUTCOMES, lambda: _("Choose the decision")))
    reason_code = line(Filled(lambda: _("Choose the reason")), OneOf(REASON_CODES, lambda: _("Choose the reason")))
    reason = paragraphs()
    office = line()
    cost = IntegerField(validators=[Optional()])  # type: ignore[no-untyped-call]
    currency = line()
    timeline = paragraphs()
    legal_basis = paragraphs()
    publish_on = DateField(validators=[Optional()])  # type: ignore[no-untyped-call]

    def validate_reason(self, field: Field) -> None:
        """Engagement asks for words with every rejection and with the code `other`."""
        if self.outcome.data == "rejected" or self.reason_code.data == "other":
            if not field.data:
                raise Wrong(_("Explain the reason in words"))
            long_enough(field, _REASON_LEAST)

    def validate_office(self, field: Field) -> None:
        short_enough(field, _OFFICE_MOST)

    def validate_currency(self, field: Field) -> None:
        if bool(field.data) != (self.cost.data is not None):
            raise Wrong(_("Give the cost together with its currency, for example EUR"))

    def wire(self, language: str) -> dict[str, object]:
        """The ruling in the contract's spelling; what is empty is left out."""
        texts = {"reason": self.reason.data, "timeline": self.timeline.data, "legalBasis": self.legal_basis.data}
        plain: dict[str, object] = {"office": self.office.data, "currency": (self.currency.data or "").upper()}
        given = {name: value for name, value in plain.items() if value}
        given |= {name: {language: words} for name, words in texts.items() if words}
        if self.cost.data is not None:
            given["cost"] = self.cost.data
        if self.publish_on.data is not None:
            given["publishAt"] = datetime.combine(self.publish_on.data, time(), UTC).isoformat()
        return {"outcome": self.outcome.data, "reasonCode": self.reason_code.data, **given}


class MergeForm(Form):
    title = line(Filled(lambda: _("Give the idea a title")))
    summary = paragraphs()
    body = paragraphs()
    category = line()

    def wire(self, language: str) -> dict[str, object]:
        """In the contract's spelling; what is empty is left out."""
        texts = {name: getattr(self, name).data for name in ("title", "summary", "body")}
        content: dict[str, object] = {name: {language: words} for name, words in texts.items() if words}
        return content | ({"category": self.category.data} if self.category.data else {})
