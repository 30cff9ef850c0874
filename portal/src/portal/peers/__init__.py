"""Questions to the building blocks, through the information mediator; frozen dataclasses come out."""
