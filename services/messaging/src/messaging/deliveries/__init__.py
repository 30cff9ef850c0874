"""Deliveries: attempts at getting a message to its recipient, and the log of them.

A worker claims what is due, finds address and text, hands them to the channel outside any transaction, and records the
outcome. Between the provider's acceptance and that record lies the only window for a second copy: a worker that dies
there sends the message once more, under the same `Message-ID`.
"""
