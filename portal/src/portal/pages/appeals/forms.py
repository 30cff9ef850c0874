from wtforms import Field

from portal.forms import Filled, Form, OneOf, line, long_enough, paragraphs, short_enough
from portal.language import _

OUTCOMES = ("upheld", "overturned")
_LEAST, _MOST = 10, 2000
_DECISION_LEAST, _DECISION_MOST = 5, 500


class AppealForm(Form):
    reason = paragraphs(Filled(lambda: _("Say why it should be looked at again")))

    def validate_reason(self, field: Field) -> None:
        long_enough(field, _LEAST)
        short_enough(field, _MOST)


class DecisionForm(Form):
    outcome = line(Filled(lambda: _("Choose the decision")), OneOf(OUTCOMES, lambda: _("Choose the decision")))
    reason = paragraphs(Filled(lambda: _("Explain the reason in words")))

    def validate_reason(self, field: Field) -> None:
        long_enough(field, _DECISION_LEAST)
        short_enough(field, _DECISION_MOST)
