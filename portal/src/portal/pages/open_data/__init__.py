"""Open data: what can be downloaded, what its columns mean, and the catalogue for machines."""
