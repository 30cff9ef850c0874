from portal.forms import Filled, Form, OneOf, line
from portal.language import _

WORDS = ("keep", "erase")


class LeaveForm(Form):
    words = line(
        Filled(lambda: _("Choose what happens to your words")), OneOf(WORDS, lambda: _("Choose one of the two"))
    )
