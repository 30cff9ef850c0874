"""Results of a survey: what its running figures mean, for the public and for officials. The public is told nothing that
few people said; nobody is told anything while the survey hides its results. docs/reference/statistics.md defines every
figure."""
