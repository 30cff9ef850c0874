"""What every Baraza service stands on. Platform only: no module here knows a word of participation."""
