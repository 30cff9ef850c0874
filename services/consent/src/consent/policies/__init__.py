"""Policies: the rules under which an institution keeps data. Data agreements refer to one."""
