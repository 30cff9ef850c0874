"""Instants as the product writes them: UTC, text that sorts."""

from datetime import datetime


def padded(text: str) -> str:
    """Six digits of a second, as databases have them; events say three."""
    seconds, _, fraction = text.removesuffix("Z").partition(".")
    return f"{seconds}.{fraction:0<6}Z"


def seconds(text: str) -> float:
    """Since 1970."""
    return datetime.fromisoformat(text).timestamp()
