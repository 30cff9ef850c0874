"""Questionnaires: what a survey asks, which answers fit, and where answers lead. Pure: definition and answers in,
pages and faults out, so that the same rules hold for a page, a submission, an import and a preview."""
