"""I5: everyone who took part hears of it once."""

from collections import Counter

from tests.faults.checker.evidence import Evidence

_FINAL = ("delivered", "bounced", "notSent")


def once(evidence: Evidence) -> list[str]:
    """One message a contributor; it came to an end; the mail server took it once, or once an attempt that died."""
    return _asked(evidence) + _messages(evidence) + _mails(evidence) + _counted(evidence)


def _asked(evidence: Evidence) -> list[str]:
    """Contributors of decided processes against feedback-due events against messages."""
    decided = {row["id"] for row in evidence.rows("engagement", "process") if row["state"] == "decided"}
    rows = [*evidence.rows("engagement", "proposal"), *evidence.rows("engagement", "comment")]
    eligible = {
        row["participant_id"]
        for row in rows
        if row["status"] == "counted" and row["participant_id"] and row["process_id"] in decided
    }
    due = Counter(row["key"] for row in evidence.told("engagement.feedback-due.v1"))
    sent = Counter(row["once"].rpartition(" ")[2] for row in evidence.rows("messaging", "message") if row["once"])
    found = [f"contributor {one} is owed a notice" for one in sorted(eligible - set(due))]
    found += [f"participant {one} is due a notice without a contribution" for one in sorted(set(due) - eligible)]
    found += [f"participant {one}: {sent[one]} notices for {due[one]} events" for one in due | sent if sent[one] != 1]
    return found


def _messages(evidence: Evidence) -> list[str]:
    return [
        f"message {row['id']} is {row['status']}"
        for row in evidence.rows("messaging", "message")
        if row["status"] not in _FINAL or row["settled_at"] is None
    ]


def _mails(evidence: Evidence) -> list[str]:
    """A second copy is possible only where an attempt began again; its Message-ID is the same."""
    copies = Counter(mail["message_id"].strip("<>").partition("@")[0] for mail in evidence.mails)
    messages = {row["id"]: row for row in evidence.rows("messaging", "message")}
    found = [f"a mail of message {one}, which is not ours" for one in copies if one not in messages]
    for one, message in messages.items():
        if message["status"] == "delivered" and not 1 <= copies[one] <= message["attempts"]:
            found.append(f"message {one} was delivered with {message['attempts']} attempts and {copies[one]} mails")
        if message["status"] == "notSent" and copies[one]:
            found.append(f"message {one} was not sent, and {copies[one]} mails left")
    return found


def _counted(evidence: Evidence) -> list[str]:
    """Engagement counts each delivered closing notice once."""
    delivered = {
        row["id"]
        for row in evidence.rows("messaging", "message")
        if row["status"] == "delivered" and row["template"] == "feedback"
    }
    counted = {row["message_id"] for row in evidence.rows("engagement", "notice")}
    found = [f"notice {one} was delivered and is not counted" for one in sorted(delivered - counted)]
    return found + [f"notice {one} is counted and was not delivered" for one in sorted(counted - delivered)]
