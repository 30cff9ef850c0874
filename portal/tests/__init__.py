"""Tests of the portal, in front of a fake mediator that answers over real HTTP."""
