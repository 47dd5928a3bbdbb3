"""Plain query functions, one module a noun: session first, the rest keyword-only, ordered with a tie-breaker."""
