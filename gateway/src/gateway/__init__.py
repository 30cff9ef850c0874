"""The information mediator: who may call what, and the evidence of every call."""
