"""The data map: read stores, classify columns, find whose a row is, and keep the reviewed statement about it."""
