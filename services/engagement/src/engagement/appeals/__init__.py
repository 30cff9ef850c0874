"""Appeals: an author asks for an act of moderation to be looked at again; another moderator decides."""
