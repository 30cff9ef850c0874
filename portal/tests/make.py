"""Builders of what the blocks answer, in the contract's spelling, with sensible defaults."""

import itertools
from datetime import UTC, datetime, timedelta
from typing import Any
from uuid import UUID

from portal.settings import Settings

NOW = datetime(2026, 11, 23, 10, 0, tzinfo=UTC)
_numbers = itertools.count(1)

Json = dict[str, Any]


def new_id() -> str:
    return str(UUID(int=0x0199_0000_0000_7000_8000_0000_0000_0000 + next(_numbers)))


def instant(**later: float) -> str:
    return (NOW + timedelta(**later)).isoformat().replace("+00:00", "Z")


def words(en: str, ca: str = "", ar: str = "") -> dict[str, str]:
    return {tag: text for tag, text in (("en", en), ("ca", ca), ("ar", ar)) if text}


def strategy(**changes: Any) -> Json:
    return {
        "level": "cocreate",
        "objective": words(
            "Safer streets around every school.",
            "Carrers més segurs al voltant de cada escola.",
            "شوارع أكثر أماناً حول كل مدرسة.",
        ),
        "whatIsDecided": words(
            "Which ten streets are rebuilt in 2027.",
            "Quins deu carrers es reformen el 2027.",
            "أي عشرة شوارع سيعاد بناؤها في عام 2027.",
        ),
        "whoDecides": words(
            "The city council, in its session of March.",
            "El ple municipal, a la sessió de març.",
            "مجلس المدينة في جلسة آذار.",
        ),
        "howInputIsUsed": words(
            "Each idea is assessed by cost, effect and time.",
            "Cada idea s'avalua pel cost, l'efecte i el temps.",
            "تُقيَّم كل فكرة بحسب الكلفة والأثر والزمن.",
        ),
        "howFeedbackIsGiven": words(
            "Each idea gets a written answer here.",
            "Cada idea rep aquí una resposta per escrit.",
            "تحصل كل فكرة على جواب مكتوب هنا.",
        ),
        "feedbackDueDate": "2027-02-15",
        "privacyNotice": words(
            "Your address is kept apart from what you write.",
            "La teva adreça es guarda separada del que escrius.",
            "يُحفظ عنوانك بمعزل عما تكتب.",
        ),
        "responsibleOfficial": "Office for Streets, Amina Ferrer",
        "eligiblePopulation": 120000,
        "targetParticipants": 2000,
        "faceToFaceFormats": [words("Assembly in the town hall", "Assemblea a l'ajuntament", "اجتماع في دار البلدية")],
    } | changes


def phase(opens_days: float, closes_days: float, *accepts: str, title: Json | None = None) -> Json:
    opens, closes = instant(days=opens_days), instant(days=closes_days)
    state = "planned" if opens_days > 0 else "open" if closes_days > 0 else "closed"
    return {"id": new_id(), "title": title or words("Ideas", "Idees", "الأفكار"), "opensAt": opens, "closesAt": closes,
            "accepts": list(accepts), "state": state}  # fmt: skip


def process(**changes: Any) -> Json:
    """Open for everything for eleven days more."""
    return {
        "id": new_id(),
        "slug": "safe-streets",
        "title": words("Safe streets to school", "Camins escolars segurs", "شوارع آمنة إلى المدرسة"),
        "summary": words(
            "Which streets should be rebuilt first?",
            "Quins carrers s'han de reformar primer?",
            "أي الشوارع ينبغي إعادة بنائها أولاً؟",
        ),
        "area": words("The whole city", "Tota la ciutat", "المدينة كلها"),
        "languages": ["en", "ca", "ar"],
        "state": "open",
        "version": 3,
        "createdAt": instant(days=-40),
        "strategy": strategy(),
        "limits": {
            "titleMin": 10,
            "titleMax": 120,
            "summaryMax": 280,
            "bodyMax": 5000,
            "commentMax": 1000,
            "commentDepth": 3,
        },
        "categories": [
            {"code": "mobility", "name": words("Mobility", "Mobilitat", "التنقل")},
            {"code": "green", "name": words("Green spaces", "Espais verds", "المساحات الخضراء")},
        ],
        "phases": [
            phase(-10, 11, "proposal", "comment", "endorsement"),
            phase(11, 25, "endorsement", title=words("Support", "Suport", "الدعم")),
        ],
        "dataAgreementId": "agreement-1",
        "missing": [],
        "counts": {"proposals": 25, "comments": 140, "endorsements": 1033},
    } | changes  # fmt: skip


def proposal(process_id: str, number: int = 1, **changes: Any) -> Json:
    return {
        "id": new_id(),
        "processId": process_id,
        "reference": f"STREETS-2026-{number:05d}",
        "title": {"en": f"Raised crossing at school number {number}"},
        "summary": {"en": "Cars slow down, children are seen."},
        "body": {"en": "The crossing lies behind a bend.\n\nA raised one would slow cars down <b>for good</b>."},
        "category": "mobility",
        "tags": ["school"],
        "author": "Mariam",
        "mine": False,
        "endorsedByMe": False,
        "channel": "web",
        "meeting": None,
        "state": "published",
        "hiddenReason": None,
        "createdAt": instant(days=-5),
        "publishedAt": instant(days=-5, minutes=1),
        "endorsements": 1000 + number,
        "comments": 3,
        "positions": {"inFavour": 2, "neutral": 0, "against": 1, "none": 0},
        "verification": "pending",
        "decision": None,
        "version": 1,
    } | changes


def comment(proposal_id: str, words: str = "A good start.", **changes: Any) -> Json:
    own_id = new_id()
    return {
        "id": own_id,
        "proposalId": proposal_id,
        "parentId": None,
        "rootId": own_id,
        "depth": 0,
        "body": {"en": words},
        "position": "in_favour",
        "author": "Omar",
        "state": "visible",
        "hiddenReason": None,
        "channel": "web",
        "at": instant(days=-2),
        "repliesTotal": 0,
        "replies": [],
    } | changes


def reply(root: Json, words: str = "I agree.", **changes: Any) -> Json:
    plain = comment(root["proposalId"], words, rootId=root["id"], parentId=root["id"], depth=1, position=None)
    return {name: value for name, value in plain.items() if name not in ("replies", "repliesTotal")} | changes


def decision(proposal_id: str, outcome: str = "rejected", **changes: Any) -> Json:
    return {
        "proposalId": proposal_id,
        "outcome": outcome,
        "reasonCode": "included_in_plan" if outcome == "accepted" else "infeasible",
        "reason": {"en": "The street is too narrow for a raised crossing."},
        "decidedAt": instant(days=-1),
        "publishedAt": instant(hours=-2),
    } | changes


def receipt() -> Json:
    return {"code": "7K2QF-0A1B2-C3D4E-5F6G7", "leaf": "ab" * 32}


def figures(process_id: str) -> Json:
    return {
        "processId": process_id,
        "at": instant(),
        "proposals": 25,
        "proposalsByChannel": {"web": 15, "meeting": 8, "paper": 2},
        "comments": 140,
        "positions": {"inFavour": 80, "neutral": 20, "against": 30, "none": 10},
        "endorsements": 1033,
        "contributors": 61,
        "participants": 412,
        "decisions": {"accepted": 20, "rejected": 5},
        "answered": 25,
        "withReason": 5,
        "notices": 61,
        "exceptions": 0,
    }


def problem(status: int, slug: str, title: str = "Refused", **more: Any) -> Json:
    return {"type": f"https://baraza.test/problems/{slug}", "title": title, "status": status} | more


def settings(url: str, database_url: str, **changes: Any) -> Settings:
    values: Json = {
        "gateway_url": url,
        "issuer": url,
        "client_secret": "secret",
        "secret_key": "k" * 32,
        "public_url": "http://localhost",
        "database_url": database_url,
        "institution_name": "City of Example",
        "process_seconds": 0.0,
        "open_form_least_seconds": 0.0,
        "open_form_attempts": 10_000,
    }
    return Settings(**values | changes)
