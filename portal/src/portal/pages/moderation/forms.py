import re
from collections.abc import Mapping

from wtforms import Field, IntegerField, SelectMultipleField

from portal.forms import Filled, Form, OneOf, Wrong, line, long_enough, paragraphs, short_enough, unseen
from portal.language import _
from portal.peers.engagement.moderation import FILTERS, RULES, Rules

_REASON_LEAST, _REASON_MOST = 5, 500
_ADDRESS = re.compile(r"https?://\S+")
_MOST = {
    "hold_after_reports": 100,
    "links_most": 100,
    "repeats_most": 100,
    "capitals_percent": 100,
    "new_account_minutes": 10_080,
    "appeal_days": 365,
    "answer_days": 365,
}
_AT_LEAST_ONE = ("appeal_days", "answer_days")


class ModerationForm(Form):
    rule = line(Filled(lambda: _("Choose the rule")), OneOf(RULES, lambda: _("Choose the rule")))
    reason = paragraphs(Filled(lambda: _("Give a reason that everyone may read")))

    def validate_reason(self, field: Field) -> None:
        long_enough(field, _REASON_LEAST)
        short_enough(field, _REASON_MOST)


class LabelForm(ModerationForm):
    words = paragraphs(Filled(lambda: _("Write the context")))
    source = line(Filled(lambda: _("Give the address of the source")))

    def validate_source(self, field: Field) -> None:
        if not _ADDRESS.fullmatch(field.data or ""):
            raise Wrong(_("An address begins with https://"))


def _amount() -> IntegerField:
    return IntegerField()  # type: ignore[no-untyped-call]


class RulesForm(Form):
    """`words` is one a line, `ca: word` for a word of a language, a word alone for the language of the page."""

    hold_after_reports = _amount()
    words = paragraphs()
    links_most = _amount()
    repeats_most = _amount()
    capitals_percent = _amount()
    new_account_minutes = _amount()
    holds = SelectMultipleField(choices=list(FILTERS))  # type: ignore[no-untyped-call]
    appeal_days = _amount()
    answer_days = _amount()
    version = unseen()

    @classmethod
    def of(cls, rules: Rules) -> "RulesForm":
        """What the rules are now."""
        held: dict[str, object] = {name: getattr(rules, name) for name in (*_MOST, "version")}
        lines = [f"{language}: {word}" for language, words in rules.words.items() for word in words]
        return cls(held | {"words": "\n".join(lines), "holds": list(rules.holds)}, sent=False)

    def fits(self) -> bool:
        """Whether every threshold is a number that the contract takes."""
        return self.accepted({name: [_within] for name in _MOST})

    def wire(self, language: str) -> dict[str, object]:
        """In the contract's spelling."""
        return {
            "holdAfterReports": self.hold_after_reports.data,
            "words": _by_language(self.words.data or "", language),
            "linksMost": self.links_most.data,
            "repeatsMost": self.repeats_most.data,
            "capitalsPercent": self.capitals_percent.data,
            "newAccountMinutes": self.new_account_minutes.data,
            "holds": self.holds.data,
            "appealDays": self.appeal_days.data,
            "answerDays": self.answer_days.data,
            "version": int(self.version.data or 0),
        }


def _within(_form: Form, field: Field) -> None:
    least, most = int(field.name in _AT_LEAST_ONE), _MOST[field.name]
    if field.data is None or not least <= field.data <= most:
        field.errors = []  # type: ignore[assignment] # a list while it is validated; WTForms spoke English
        raise Wrong(_("Give a number from %(least)s to %(most)s", least=least, most=most))


def _by_language(lines: str, language: str) -> Mapping[str, list[str]]:
    words: dict[str, list[str]] = {}
    for each in filter(None, map(str.strip, lines.splitlines())):
        found = re.fullmatch(r"([a-z]{2,3}):\s*(.+)", each)
        tag, word = found.groups() if found else (language, each)
        words.setdefault(tag, []).append(word)
    return words
