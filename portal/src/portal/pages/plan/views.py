"""All of the plan's pages."""

from portal.pages.plan import beginning, officials, steps, texts
from portal.pages.plan.blueprint import pages

__all__ = ["beginning", "officials", "pages", "steps", "texts"]
