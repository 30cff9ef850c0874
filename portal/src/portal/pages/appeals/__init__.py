"""An act of moderation in detail, the appeal against it, and its decision."""
