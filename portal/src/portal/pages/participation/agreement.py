"""What a person reads before she joins."""

from portal import web
from portal.peers import consent
from portal.peers.consent import DataAgreement
from portal.peers.engagement.processes import Process
from portal.peers.gateway import Refusal


def agreement_of(process: Process) -> DataAgreement | None:
    """None where the process has none or its block is away; the process's own privacy notice must then say it all."""
    if not process.data_agreement_id:
        return None
    try:
        return consent.data_agreement(web.gateway(), process.data_agreement_id)
    except Refusal:
        if process.strategy.privacy_notice:
            return None
        raise
