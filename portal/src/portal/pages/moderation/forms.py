from wtforms import StringField, TextAreaField

from portal.forms import Filled, Form, OneOf, long_enough, short_enough, stripped
from portal.language import _
from portal.peers.engagement.moderation import RULES

_REASON_LEAST, _REASON_MOST = 5, 500


class ModerationForm(Form):
    rule = StringField(
        validators=[Filled(lambda: _("Choose the rule")), OneOf(RULES, lambda: _("Choose the rule"))],
    )
    reason = TextAreaField(filters=[stripped], validators=[Filled(lambda: _("Give a reason that everyone may read"))])

    def validate_reason(self, field: TextAreaField) -> None:
        long_enough(field, _REASON_LEAST)
        short_enough(field, _REASON_MOST)
