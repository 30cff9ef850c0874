from wtforms import Field

from portal.forms import Filled, Form, OneOf, line, long_enough, paragraphs, short_enough
from portal.language import _
from portal.peers.engagement.moderation import RULES

_REASON_LEAST, _REASON_MOST = 5, 500


class ModerationForm(Form):
    rule = line(Filled(lambda: _("Choose the rule")), OneOf(RULES, lambda: _("Choose the rule")))
    reason = paragraphs(Filled(lambda: _("Give a reason that everyone may read")))

    def validate_reason(self, field: Field) -> None:
        long_enough(field, _REASON_LEAST)
        short_enough(field, _REASON_MOST)
