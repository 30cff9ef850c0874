"""Rules on the wire."""

from typing import Any
from uuid import UUID

from engagement.rules.model import Measure, Rules, Threshold


def wanted(process_id: UUID, body: dict[str, Any]) -> Rules:
    """What an official sets over the version that she read; its form is checked already."""
    threshold = body.get("threshold")
    return Rules(
        process_id=process_id,
        support_most=body.get("supportMost"),
        threshold=Threshold(Measure(threshold["measure"]), threshold["value"]) if threshold else None,
        other_names=body.get("otherNames", True),
        amendments=body.get("amendments", True),
        version=body["version"] + 1,
    )


def rules(of: Rules) -> dict[str, Any]:
    """As everybody may read them."""
    threshold = of.threshold
    return {
        "processId": str(of.process_id),
        "supportMost": of.support_most,
        "threshold": {"measure": threshold.measure, "value": threshold.value} if threshold else None,
        "otherNames": of.other_names,
        "amendments": of.amendments,
        "version": of.version,
    }
