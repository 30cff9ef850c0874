from wtforms import Field

from portal.forms import Filled, Form, Wrong, line
from portal.language import _
from portal.pages.participation.forms import is_address


class FollowForm(Form):
    email = line(Filled(lambda: _("Enter your e-mail address")))

    def validate_email(self, field: Field) -> None:
        if not is_address(field.data or ""):
            raise Wrong(_("Enter an e-mail address like name@example.org"))
