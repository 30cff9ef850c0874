"""Access without an account: the lower steps of the ladder.

A *visitor* has a key that her browser keeps and that is good for one process; of it only a keyed digest is stored.
Where the process asks for more, she proves an address first: a code goes there, and whoever reads it back has it. One
address is one participant, in whichever browser.
"""
