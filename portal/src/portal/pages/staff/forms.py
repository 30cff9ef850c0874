from wtforms import Field
from wtforms.fields import PasswordField

from portal.forms import Filled, Form, Wrong, line, unseen
from portal.language import _
from portal.pages.plan.phase_form import several
from portal.peers.accounts import ROLES


class AccountForm(Form):
    """`password` is the first one; it is never shown again, not even in a form that was refused."""

    name = line(Filled(lambda: _("Give a name")))
    login = line(Filled(lambda: _("Give an e-mail address")))
    password = PasswordField()  # type: ignore[no-untyped-call]
    roles = several(ROLES)
    key = unseen()

    def validate_password(self, field: Field) -> None:
        if not field.data:
            raise Wrong(_("Give a first password"))

    def validate_roles(self, field: Field) -> None:
        if not field.data:
            raise Wrong(_("Choose at least one role"))
