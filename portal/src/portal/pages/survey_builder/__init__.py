"""Surveys for officials: write pages and questions, say when they are shown, preview as a citizen, publish, close."""
