"""What an institution promised, how far it is, and the way of an idea up to that."""
