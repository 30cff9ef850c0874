"""Surveys for citizens: the list, a page of questions at a time, check, receipt."""
