"""The wiring: the one room where rooms that do not know each other are put together."""
