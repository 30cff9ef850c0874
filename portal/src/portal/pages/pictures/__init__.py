"""Pictures of an idea: shown to everybody, added and described by its author."""
