"""The institution's look. Its colour must carry white text (WCAG 2.2, 1.4.3), or the portal does not start."""

import re

_LEAST_CONTRAST = 4.5


class UnreadableColour(ValueError):
    """White text on this colour cannot be read by everyone."""


def stylesheet(colour: str) -> str:
    """Custom properties for the style sheet. Raises UnreadableColour."""
    if not re.fullmatch(r"#[0-9a-fA-F]{6}", colour):
        raise UnreadableColour(f"{colour!r} is not a colour like #0b5563")
    ratio = contrast(colour, "#ffffff")
    if ratio < _LEAST_CONTRAST:
        raise UnreadableColour(f"white text on {colour} has a contrast of {ratio:.2f}; {_LEAST_CONTRAST} is needed")
    return f":root{{--brand:{colour.lower()}}}\n"


def contrast(one: str, other: str) -> float:
    """WCAG's contrast ratio, 1 to 21."""
    lighter, darker = sorted((_luminance(one), _luminance(other)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    red, green, blue = (_linear(int(colour[place : place + 2], 16) / 255) for place in (1, 3, 5))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def _linear(channel: float) -> float:
    return channel / 12.92 if channel <= 0.03928 else ((channel + 0.055) / 1.055) ** 2.4
