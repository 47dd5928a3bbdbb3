"""Pages that several groups open."""
