"""Help, accessibility and what happens with personal data."""
