"""What the house owes to people and to the law: requests, clocks, letters."""
