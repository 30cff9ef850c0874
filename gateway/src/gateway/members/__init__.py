"""Who takes part: members (organisations) and the identifiers of their applications, in X-Road's words."""
