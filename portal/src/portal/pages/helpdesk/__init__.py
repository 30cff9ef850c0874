"""The help desk: ask without signing in, come back by a code; officials answer."""
