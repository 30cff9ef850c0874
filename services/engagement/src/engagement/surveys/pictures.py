"""Pictures of options: small, and of a kind that their first bytes confirm."""

from base64 import b64decode
from binascii import Error
from dataclasses import dataclass
from uuid import UUID

from chassis import ids
from chassis.errors import Invalid

_MOST_BYTES = 60_000
_SIGNATURES = {"image/png": b"\x89PNG\r\n\x1a\n", "image/jpeg": b"\xff\xd8\xff", "image/webp": b"RIFF"}


class UnusablePicture(Invalid):
    """The picture is too large, or not what it says it is."""


@dataclass(frozen=True, slots=True)
class Picture:
    """Bytes of an image."""

    id: UUID
    media_type: str
    content: bytes


def picture(media_type: str, encoded: str) -> Picture:
    """Of base64. Raises UnusablePicture."""
    try:
        content = b64decode(encoded, validate=True)
    except (Error, ValueError):
        raise UnusablePicture("The picture cannot be read.", [("/content", "is base64")]) from None
    if len(content) > _MOST_BYTES:
        size = f"has {len(content)} bytes; limit {_MOST_BYTES}"
        raise UnusablePicture("The picture is too large.", [("/content", size)])
    if not content.startswith(_SIGNATURES[media_type]):
        raise UnusablePicture("The picture is of another kind.", [("/mediaType", "is not what the content is")])
    return Picture(ids.new(), media_type, content)
