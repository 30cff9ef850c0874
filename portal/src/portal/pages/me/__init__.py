"""My data: where a person takes part, what she said, who has read it, and the way out."""
