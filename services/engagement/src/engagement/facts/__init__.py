"""Facts: what an institution knows to be so in a process, with sources, and what it says about rumours. Old versions
stay."""
