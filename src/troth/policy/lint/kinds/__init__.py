"""Kinds of statements by subject, each a tuple of `Statement`s that detectors ask for."""
