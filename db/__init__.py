"""What is stored: engine, models (one module a noun), queries (one module a noun), migrations."""
