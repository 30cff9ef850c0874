"""From a file of anybody's making to files of ours."""

import threading
import warnings
from io import BytesIO

from PIL import Image, ImageOps

from engagement.pictures.model import (
    BYTES_MOST,
    LARGE_SIDE,
    PIXELS_MOST,
    THUMB_BYTES_MOST,
    THUMB_SIDE,
    Encoded,
    NotAPicture,
    PictureTooLarge,
)

_FORMATS = ("JPEG", "PNG", "WEBP")
_WRITTEN = {"webp": "WEBP", "jpg": "JPEG"}
_SMOOTH = frozenset({"RGB", "RGBA", "L"})  # modes whose pixels can be mixed
_ALONE = threading.Lock()  # one at a time, because 25 megapixels unpacked are 100 MB
_QUALITY, _LEAST_QUALITY, _STEP = 80, 20, 15


def encoded(sent: bytes) -> Encoded:
    """The picture in two sizes and two formats, turned as the camera meant it, without anything else that the file
    held. Raises NotAPicture, PictureTooLarge."""
    if len(sent) > BYTES_MOST:
        raise PictureTooLarge(f"A picture has at most {BYTES_MOST} bytes.", [("/content", "is too large")])
    with _ALONE:
        large = _opened(sent)
        thumb = _within(large, THUMB_SIDE)
        files = {f"large.{ending}": _written(large, kind, _QUALITY) for ending, kind in _WRITTEN.items()}
        files |= {f"thumb.{ending}": _small(thumb, kind) for ending, kind in _WRITTEN.items()}
    return Encoded(files, large.width, large.height)


def _opened(sent: bytes) -> Image.Image:
    """The large size, pixels alone. Size and format are known from the head of the file, before it is unpacked."""
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")  # of files that are odd and can be read
            with Image.open(BytesIO(sent), formats=_FORMATS) as found:
                _bounded(found)
                found.draft("RGB", (LARGE_SIDE, LARGE_SIDE))  # a large JPEG is read at a half of its size, or less
                smaller = _within(found if found.mode in _SMOOTH else found.convert("RGBA"), LARGE_SIDE)
                return _without_holes(ImageOps.exif_transpose(smaller))
    except Image.DecompressionBombError:
        raise _too_many_pixels() from None
    except (OSError, ValueError, SyntaxError, MemoryError):
        raise NotAPicture("This file cannot be read as a picture.", [("/content", "is no JPEG, PNG or WebP")]) from None


def _bounded(found: Image.Image) -> None:
    if found.width * found.height > PIXELS_MOST:
        raise _too_many_pixels()


def _too_many_pixels() -> PictureTooLarge:
    return PictureTooLarge(f"A picture has at most {PIXELS_MOST} pixels.", [("/content", "is too large")])


def _without_holes(image: Image.Image) -> Image.Image:
    """On white where one could see through, because JPEG has no such thing."""
    seen = image.convert("RGBA")
    flat = Image.new("RGB", seen.size, "white")
    flat.paste(seen, mask=seen.getchannel("A"))
    return flat


def _within(image: Image.Image, side: int) -> Image.Image:
    """A copy no longer and no wider than this."""
    copy = image.copy()
    copy.thumbnail((side, side), Image.Resampling.LANCZOS)
    return copy


def _small(image: Image.Image, kind: str) -> bytes:
    """In as many bytes as a page may spend on it: less quality first, then fewer pixels."""
    while True:
        for quality in range(_QUALITY, _LEAST_QUALITY - 1, -_STEP):
            written = _written(image, kind, quality)
            if len(written) <= THUMB_BYTES_MOST:
                return written
        image = _within(image, max(image.size) * 3 // 4)


def _written(image: Image.Image, kind: str, quality: int) -> bytes:
    into = BytesIO()
    image.save(into, kind, quality=quality, **({"method": 4} if kind == "WEBP" else {"optimize": True}))
    return into.getvalue()
