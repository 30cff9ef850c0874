from wtforms import StringField, TextAreaField
from wtforms.validators import ValidationError

from portal.forms import Filled, Form, OneOf, stripped
from portal.language import _
from portal.peers.engagement.evaluation import OUTCOMES, REASON_CODES


class DecisionForm(Form):
    outcome = StringField(
        validators=[Filled(lambda: _("Choose the decision")), OneOf(OUTCOMES, lambda: _("Choose the decision"))]
    )
    reason_code = StringField(
        validators=[Filled(lambda: _("Choose the reason")), OneOf(REASON_CODES, lambda: _("Choose the reason"))]
    )
    reason = TextAreaField(filters=[stripped])

    def validate_reason(self, field: TextAreaField) -> None:
        """The contract asks for words with every rejection and with the code `other`."""
        if not field.data and (self.outcome.data == "rejected" or self.reason_code.data == "other"):
            raise ValidationError(_("Explain the reason in words"))
