"""Officials as colleagues know them, and who holds which role in a process.

An account has another name in each block, so nobody can look a colleague up; whoever opens the work pages introduces
herself, and roles are given to those who did.
"""
