"""The report: every sentence of a policy with its status, computed from how its checks ended, in the forms people read."""
