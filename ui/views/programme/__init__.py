"""What the programme team sees: what waits for a decision, rounds, placements, outcomes, the audit trail."""
