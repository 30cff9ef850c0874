"""Responses: what people answer to a survey, page by page or at once. One response an actor; saved pages wait unsent
until she submits, which puts a receipt into the process log; she changes or withdraws it while the survey is open."""
