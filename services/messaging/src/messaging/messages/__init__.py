"""Messages: what is to reach a person, and the queue in which it waits.

A *letter* is what an application wrote; a *notice* is a template of ours that an event asked for, one a cause and
recipient. Addresses and texts are sealed and gone once a message is settled: delivered, bounced or notSent.
"""
