"""Results of surveys: question by question, and one question by another."""
