"""What a process allows and asks of support and of what stands around a proposal: an official's settings."""
