"""Amendments: other words that a participant proposes for somebody's proposal. Its authors alone take them over, and
credit them; what they refuse may become a proposal of its own.
"""
