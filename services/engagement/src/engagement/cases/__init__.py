"""Cases: contributions that wait for a moderator, because people reported them or a filter struck."""
