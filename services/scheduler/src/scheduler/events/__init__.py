"""Events in GovStack's sense, in code *slots*: something that an entity hosts from one instant to another."""
