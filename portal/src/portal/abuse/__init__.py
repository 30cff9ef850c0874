"""Controls at forms that anybody may send, in the order of what they cost people: a field that only programs fill in, a
least time to read, a bucket of attempts for each network, then a little work for the browser or a wait without scripts.
No address is kept: a network is known for a day, by a digest under a salt that is forgotten with that day.
"""
