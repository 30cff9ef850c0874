"""Firing: what is due is told, once. The row `fire(schedule_id, due_at)` and the outbox event are one transaction.

The policy is fire_once: an alert that became due while nobody ran fires late, once. How late is measured.
"""
