"""An invented cloud provider: its databases, made from a seed, the same on every machine and every engine."""
