from wtforms import Field

from portal.forms import Filled, Form, OneOf, Wrong, line, long_enough, paragraphs
from portal.language import _
from portal.peers.engagement.evaluation import OUTCOMES, REASON_CODES

_REASON_LEAST = 5


class DecisionForm(Form):
    outcome = line(Filled(lambda: _("Choose the decision")), OneOf(OUTCOMES, lambda: _("Choose the decision")))
    reason_code = line(Filled(lambda: _("Choose the reason")), OneOf(REASON_CODES, lambda: _("Choose the reason")))
    reason = paragraphs()

    def validate_reason(self, field: Field) -> None:
        """Engagement asks for words with every rejection and with the code `other`."""
        if self.outcome.data == "rejected" or self.reason_code.data == "other":
            if not field.data:
                raise Wrong(_("Explain the reason in words"))
            long_enough(field, _REASON_LEAST)
