"""What line managers see: requests for release, and their people who are away."""
