"""What may happen: use cases, permissions, workflow, rules and audit. The only place that changes state."""
