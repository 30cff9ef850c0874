from wtforms import DateField, Field, IntegerField
from wtforms.validators import Optional

from portal.forms import Filled, Form, OneOf, Wrong, line, paragraphs, short_enough, unseen
from portal.language import _
from portal.peers.engagement.commitments import STATES
from portal.peers.wire import Json

_OFFICE_MOST, _TITLE_MOST = 120, 200


def _date() -> DateField:
    return DateField(validators=[Optional()])  # type: ignore[no-untyped-call]


def _amount() -> IntegerField:
    return IntegerField(validators=[Optional()])  # type: ignore[no-untyped-call]


def _needed(_form: Form, field: Field) -> None:
    if field.data is None:
        field.errors = []  # type: ignore[assignment] # a list while it is validated; WTForms spoke English
        raise Wrong(_("Give a date"))


class CommitmentForm(Form):
    title = line(Filled(lambda: _("Say what is promised")))
    description = paragraphs()
    office = line(Filled(lambda: _("Name the office that answers for it")))
    starts_on = _date()
    due_on = _date()
    weight = _amount()
    budget = _amount()
    currency = line()

    def validate_title(self, field: Field) -> None:
        short_enough(field, _TITLE_MOST)

    def validate_office(self, field: Field) -> None:
        short_enough(field, _OFFICE_MOST)

    def validate_currency(self, field: Field) -> None:
        if bool(field.data) != (self.budget.data is not None):
            raise Wrong(_("Give the budget together with its currency, for example EUR"))

    def fits(self) -> bool:
        """Whether it can be promised."""
        return self.accepted({"due_on": [_needed]})

    def wire(self, language: str) -> Json:
        """In the contract's spelling; what is empty is left out."""
        optional = {
            "description": {language: self.description.data} if self.description.data else None,
            "startsOn": self.starts_on.data.isoformat() if self.starts_on.data else None,
            "weight": self.weight.data,
            "budget": self.budget.data,
            "currency": (self.currency.data or "").upper() or None,
        }
        promised = {"title": {language: self.title.data}, "office": self.office.data}
        given = {name: value for name, value in optional.items() if value is not None}
        return promised | {"dueOn": self.due_on.data.isoformat()} | given


class ProgressForm(Form):
    status = line(Filled(lambda: _("Choose how it stands")), OneOf(STATES, lambda: _("Choose how it stands")))
    progress = _amount()
    due_on = _date()
    spent = _amount()
    dropped_reason = paragraphs()
    version = unseen()

    def validate_progress(self, field: Field) -> None:
        if field.data is None or not 0 <= field.data <= 100:
            raise Wrong(_("Give a number from %(least)s to %(most)s", least=0, most=100))

    def validate_dropped_reason(self, field: Field) -> None:
        if self.status.data == "dropped" and not field.data:
            raise Wrong(_("Say why it is dropped"))

    def fits(self) -> bool:
        return self.accepted({"due_on": [_needed]})

    def wire(self, language: str) -> Json:
        """In the contract's spelling."""
        given: Json = {
            "status": self.status.data,
            "progress": self.progress.data,
            "version": int(self.version.data or 1),
        }
        given |= {"dueOn": self.due_on.data.isoformat()}
        given |= {"spent": self.spent.data} if self.spent.data is not None else {}
        return given | ({"droppedReason": {language: self.dropped_reason.data}} if self.dropped_reason.data else {})


class MilestoneForm(Form):
    reached_on = _date()
    words = paragraphs(Filled(lambda: _("Say what was reached")))

    def fits(self) -> bool:
        return self.accepted({"reached_on": [_needed]})
