"""The data dictionary on the wire."""

from typing import Any

from engagement.exports.model import Format, Variant
from engagement.processes.tools import Dataset


def dictionary(of: Dataset, *, staff: bool) -> dict[str, Any]:
    """A data set with the meaning of each column, as the reader may take it."""
    fields = [each for each in of.fields if each.public or staff]
    return {
        "name": of.name,
        "meaning": of.meaning,
        "formats": list(Format),
        "variants": list(Variant) if staff else [Variant.PUBLIC],
        "columns": [{"name": each.name, "meaning": each.meaning, "public": each.public} for each in fields],
    }
