"""Entering: responses that came in on paper, by telephone or in another system, many at once. What a person left out
stays left out; an answer that does not fit its question is refused with the whole batch."""
