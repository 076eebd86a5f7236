"""Proofs: each check that a promise names with `prove`, carried out on the stores and the ledger."""
