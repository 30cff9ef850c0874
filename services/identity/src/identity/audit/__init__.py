"""The audit: one row for each privileged change and each sign-in, with who, what, when and why. It is never changed."""
