"""A consent record: values and its transitions."""

from dataclasses import dataclass, replace
from typing import Any
from uuid import UUID

from chassis.errors import Conflict

SIGNED = "signed"  # every revision of ours is; the official file knows unsigned drafts too


class NotTheCurrentRevision(Conflict):
    """Consent is given to the agreement as it stands."""


@dataclass(frozen=True, slots=True)
class Record:
    """`agreement_hash` ties the consent to the very words that were agreed to."""

    id: str
    agreement_id: str
    agreement_revision_id: UUID
    agreement_hash: str
    individual: str
    opt_in: bool
    number: int = 1

    def changed(self, opt_in: bool) -> "Record":
        """Given again or withdrawn."""
        return replace(self, opt_in=opt_in, number=self.number + 1)

    def content(self) -> dict[str, Any]:
        """In the official spelling; what it refers to stands by id and hash."""
        return {
            "id": self.id,
            "dataAgreement": {"id": self.agreement_id},
            "dataAgreementRevision": {"id": str(self.agreement_revision_id)},
            "dataAgreementRevisionHash": self.agreement_hash,
            "individual": {"id": self.individual},
            "optIn": self.opt_in,
            "state": SIGNED,
        }
