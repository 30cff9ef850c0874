"""Identity: who a person is to the platform, which applications there are, and the tokens that prove both."""
