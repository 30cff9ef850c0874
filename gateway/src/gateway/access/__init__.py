"""Who may call what: rights of a subject on the methods and paths of an application. No right, no call."""
