"""Sessions: signing in, registering and signing out, by plain pages. The cookie is opaque; its digest is kept."""
