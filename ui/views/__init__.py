"""The pages, grouped by who reads them. Each module has ``render(actor)``."""
