"""The texts that a proposal has had: each stays readable once it is changed, with what changed word by word."""
