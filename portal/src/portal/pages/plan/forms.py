"""The forms of a plan's steps. Only what cannot stand at all is refused: what is missing is the checklist's matter."""

import re
from collections.abc import Mapping
from datetime import date
from typing import Any, ClassVar

from wtforms import Field

from portal.forms import Filled, Form, OneOf, Wrong, line, paragraphs, tick, unseen
from portal.language import _
from portal.pages.plan import places
from portal.pages.plan.places import Place

LEVELS = ("inform", "consult", "cocreate")
ACCESS = ("open", "email", "sms", "registered", "verified")
LEGAL_BASES = (
    "consent", "public_task", "legal_obligation", "contract", "legitimate_interests", "vital_interests",
)  # fmt: skip
_SLUG = re.compile(r"[a-z0-9]+(-[a-z0-9]+)*")
_LANGUAGE = re.compile(r"[a-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_BUDGET = re.compile(r"[0-9][0-9 ]{0,14} [A-Za-z]{3}")


class Whole:
    """The answer is a whole number from one to `most`; an empty one passes."""

    field_flags: ClassVar[Mapping[str, object]] = {}

    def __init__(self, most: int = 9_000_000_000, least: int = 1) -> None:
        self._most, self._least = most, least

    def __call__(self, form: Form, field: Field) -> None:
        text = field.data or ""
        if text and not (text.isascii() and text.isdigit() and self._least <= int(text) <= self._most):
            raise Wrong(_("Write a whole number from %(least)s to %(most)s", least=self._least, most=self._most))


def checked_day(form: Form, field: Field) -> None:
    """A calendar day as browsers send it; an empty one passes."""
    try:
        date.fromisoformat(field.data or "2026-01-01")
    except ValueError:
        raise Wrong(_("Write a day like 2026-06-30")) from None


class StepForm(Form):
    """A form that stands for a part of the draft. `version` is that of the draft it was made from."""

    PLACES: ClassVar[Mapping[str, Place]] = {}
    version = unseen()

    def held(self, draft: dict[str, Any]) -> dict[str, Any]:
        """What the fields begin with."""
        return places.held(self.PLACES, draft)

    def put(self, draft: dict[str, Any]) -> None:
        """Write the answers into a draft."""
        places.put(self.PLACES, self.data, draft)


class BasicsForm(StepForm):
    PLACES: ClassVar = {
        "languages": places.codes("languages"),
        "title": places.words("title"),
        "summary": places.words("summary"),
        "area": places.words("area"),
        "slug": places.line("slug"),
    }
    title = line(Filled(lambda: _("Give the process a title")))
    summary = paragraphs()
    area = line()
    slug = line(Filled(lambda: _("Give the process an address")))
    languages = line(Filled(lambda: _("Name at least one language")))

    def validate_slug(self, field: Field) -> None:
        if not _SLUG.fullmatch(field.data or "") or len(field.data) > 80:
            raise Wrong(_("Use small letters a to z, digits and hyphens"))

    def validate_languages(self, field: Field) -> None:
        tags = places.split((field.data or "").replace(",", "\n"))
        if len(set(tags)) < len(tags) or not all(_LANGUAGE.fullmatch(tag) for tag in tags):
            raise Wrong(_("Write language codes with commas between them, each once"))


class PurposeForm(StepForm):
    PLACES: ClassVar = {
        "level": places.line("strategy", "level"),
        "objective": places.words("strategy", "objective"),
        "what_is_decided": places.words("strategy", "whatIsDecided"),
        "what_is_not_negotiable": places.words("strategy", "whatIsNotNegotiable"),
        "who_decides": places.words("strategy", "whoDecides"),
    }
    level = line(OneOf(LEVELS, lambda: _("Choose one of these")))
    objective = paragraphs()
    what_is_decided = paragraphs()
    what_is_not_negotiable = paragraphs()
    who_decides = paragraphs()


class FeedbackForm(StepForm):
    PLACES: ClassVar = {
        "how_input_is_used": places.words("strategy", "howInputIsUsed"),
        "how_feedback_is_given": places.words("strategy", "howFeedbackIsGiven"),
        "feedback_due_date": places.line("strategy", "feedbackDueDate"),
    }
    how_input_is_used = paragraphs()
    how_feedback_is_given = paragraphs()
    feedback_due_date = line(checked_day)


class PeopleForm(StepForm):
    PLACES: ClassVar = {
        "responsible_official": places.line("strategy", "responsibleOfficial"),
        "owner_unit": places.line("strategy", "ownerUnit"),
        "eligible_population": places.number("strategy", "eligiblePopulation"),
        "target_participants": places.number("strategy", "targetParticipants"),
        "access": places.choice("registered", "strategy", "access"),
        "formats": places.lines("strategy", "faceToFaceFormats"),
        "budget": places.budget("strategy", "budget"),
    }
    responsible_official = line()
    owner_unit = line()
    eligible_population = line(Whole())
    target_participants = line(Whole())
    access = line(Filled(lambda: _("Choose one of these")), OneOf(ACCESS, lambda: _("Choose one of these")))
    formats = paragraphs()
    budget = line()

    def validate_budget(self, field: Field) -> None:
        if field.data and not _BUDGET.fullmatch(field.data):
            raise Wrong(_("Write an amount and a currency, like 12000 EUR"))


class DataForm(StepForm):
    PLACES: ClassVar = {
        "privacy_notice": places.words("strategy", "privacyNotice"),
        "data_agreement": places.line("dataAgreementId"),
    }
    privacy_notice = paragraphs()
    data_agreement = line()


class LawForm(StepForm):
    PLACES: ClassVar = {
        "mandatory": places.yes("strategy", "mandatory"),
        "legal_basis": places.words("strategy", "legalBasis"),
        "notice": places.words("strategy", "notice"),
        "minimum_days": places.number("strategy", "minimumDays"),
    }
    mandatory = tick()
    legal_basis = paragraphs()
    notice = paragraphs()
    minimum_days = line(Whole(3650))


class DataFieldForm(StepForm):
    """One more kind of data that the process keeps."""

    name = line(Filled(lambda: _("Say which data this is")))
    purpose = line(Filled(lambda: _("Say what the data is for")))
    basis = line(OneOf(LEGAL_BASES, lambda: _("Choose one of these")))
    retention_days = line(Filled(lambda: _("Say for how many days it is kept")), Whole(36500))
    recipients = line()

    def put(self, draft: dict[str, Any]) -> None:
        language = draft["languages"][0]
        kept: dict[str, Any] = {
            "name": {language: self.name.data},
            "purpose": {language: self.purpose.data},
            "legalBasis": self.basis.data,
            "retentionDays": int(self.retention_days.data),
        }
        if self.recipients.data:
            kept["recipients"] = {language: self.recipients.data}
        draft.setdefault("strategy", {}).setdefault("dataFields", []).append(kept)


STEPS: Mapping[str, type[StepForm]] = {
    "basics": BasicsForm,
    "purpose": PurposeForm,
    "feedback": FeedbackForm,
    "people": PeopleForm,
    "data": DataForm,
    "law": LawForm,
}
