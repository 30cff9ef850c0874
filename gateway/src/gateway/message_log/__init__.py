"""The evidence: one record a request and one a response, chained by hash, heads signed, durable before anyone acts."""
