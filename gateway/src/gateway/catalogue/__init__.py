"""Which services there are and where they live, and all registrations compiled for the call path."""
