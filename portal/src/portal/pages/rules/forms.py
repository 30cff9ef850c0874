"""The form of the rules."""

from typing import Self

from wtforms import Field

from portal.forms import Form, OneOf, Wrong, line, tick, unseen
from portal.language import _
from portal.peers.engagement.proposals import Rules

MEASURES = ("supporters", "percent")
_SUPPORT_MOST, _VALUE_MOST = 1000, 1_000_000_000


class RulesForm(Form):
    support_most = line()
    measure = line(OneOf(MEASURES, lambda: _("Choose one of the measures")))
    value = line()
    other_names = tick()
    amendments = tick()
    version = unseen()

    @classmethod
    def of(cls, rules: Rules) -> Self:
        threshold = rules.threshold
        return cls(
            {
                "support_most": str(rules.support_most or ""),
                "measure": threshold.measure if threshold else "",
                "value": f"{threshold.value:g}" if threshold else "",
                "other_names": rules.other_names,
                "amendments": rules.amendments,
                "version": str(rules.version),
            }
        )

    def validate_support_most(self, field: Field) -> None:
        if field.data and not (field.data.isdecimal() and 1 <= int(field.data) <= _SUPPORT_MOST):
            raise Wrong(_("Write a whole number from 1 to 1000, or nothing"))

    def validate_value(self, field: Field) -> None:
        if self.measure.data and not 0 < _number(field.data) <= _VALUE_MOST:
            raise Wrong(_("Write a number above zero"))

    def content(self) -> dict[str, object]:
        """As the block takes it."""
        most, measure = self.support_most.data, self.measure.data
        return {
            "supportMost": int(most) if most else None,
            "threshold": {"measure": measure, "value": _number(self.value.data)} if measure else None,
            "otherNames": self.other_names.data,
            "amendments": self.amendments.data,
            "version": int(self.version.data) if (self.version.data or "").isdecimal() else 0,
        }


def _number(typed: str | None) -> float:
    """Zero for what is none."""
    try:
        return float((typed or "0").replace(",", "."))
    except ValueError:
        return 0.0
