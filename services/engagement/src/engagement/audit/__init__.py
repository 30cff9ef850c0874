"""The audit: one row for each privileged change, with who, what, when and why. It is never changed."""
