"""What specialist approvers see: the approvals that wait for them."""
