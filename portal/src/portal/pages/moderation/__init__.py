"""The moderators' queue, their acts and the thresholds of filters; and the public log."""
