"""What engagement says of a phase."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, slots=True)
class Phase:
    """When it opens and closes; ids are engagement's."""

    id: str
    opens_at: datetime
    closes_at: datetime
