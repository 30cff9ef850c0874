"""What a picture may be, and what it becomes."""

from dataclasses import dataclass

from chassis.errors import Conflict, Invalid

MOST = 3  # a proposal
BYTES_MOST = 2 * 1024 * 1024
PIXELS_MOST = 25_000_000
THUMB_SIDE, LARGE_SIDE = 320, 1280  # pixels of the longer side
THUMB_BYTES_MOST = 30 * 1024
MEDIA_TYPES = {"webp": "image/webp", "jpg": "image/jpeg"}


class NotAPicture(Invalid):
    """It is no JPEG, PNG or WebP file that can be read."""


class PictureTooLarge(Invalid):
    """It has too many bytes or pixels."""


class PicturesFull(Conflict):
    """A proposal shows at most three."""


@dataclass(frozen=True, slots=True)
class Encoded:
    """Its files by name (`thumb.webp`, `thumb.jpg`, `large.webp`, `large.jpg`); size in pixels is that of the large."""

    files: dict[str, bytes]
    width: int
    height: int
