"""The web pages of Baraza: what citizens, officials and moderators see.

The portal keeps no domain data and decides no rule. It asks the building blocks through the information mediator and
shows their answers; the only table is that of its own sessions.
"""
