"""Data agreements: one purpose in plain words, under a policy, that people can consent to."""
