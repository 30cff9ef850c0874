"""A consent receipt: what a person agreed to, in the fields of ISO/IEC TS 27560. Pure."""

from datetime import datetime

from portal.peers.consent import DataAgreement
from portal.peers.engagement.mydata import Part
from portal.peers.engagement.processes import Process
from portal.peers.wire import Json

_SCHEMA = "ISO/IEC TS 27560:2023"


def receipt(
    part: Part, process: Process, agreement: DataAgreement | None, signed: Json, *, withdrawal: str, at: datetime
) -> Json:
    """`signed` is the consent block's record with its revision; None for a visitor, who signed nothing."""
    record = (signed or {}).get("consentRecord") or {}
    return {
        "schemaVersion": _SCHEMA,
        "recordId": record.get("id") or part.id,
        "issuedAt": at.isoformat(),
        "piiPrincipalId": part.id,
        "event": {
            "type": "explicit consent",
            "state": "given" if part.state != "withdrawn" else "withdrawn",
            "at": part.joined_at.isoformat(),
            "method": "web form",
            "language": part.language,
        },
        "piiController": agreement.controller if agreement else None,
        "privacyNotice": dict(process.strategy.privacy_notice or {}),
        "policyUrl": agreement.policy_url if agreement else None,
        "processing": [
            {
                "purpose": agreement.purpose if agreement else "Taking part in a public process",
                "process": dict(process.title),
                "lawfulBasis": "consent",
                "piiCategories": list(agreement.attributes) if agreement else [],
                "retentionDays": agreement.retention_days if agreement else None,
                "recipients": dict(agreement.who_sees) if agreement else {},
            },
            *(
                {
                    "purpose": dict(field.purpose),
                    "lawfulBasis": field.legal_basis,
                    "piiCategories": [dict(field.name)],
                    "retentionDays": field.retention_days,
                    "recipients": dict(field.recipients or {}),
                }
                for field in process.strategy.data_fields
            ),
        ],
        "withdrawalUrl": withdrawal,
        "signature": record.get("signature"),
    }
