"""A small policy that is right, for tests of commands."""

from __future__ import annotations

from pathlib import Path

SMALL = """\
+++
provider = "Example Cloud"
version = "2026-01-01"
language = "en"
vocab = ["dpv-2.3", "troth-cloud-1"]
+++

## Your account {#s1}

We collect your name and your email address to create your account. {#s2 account}
If you ask us, we delete them within 30 days. {#s3 erase}
We hope you enjoy our service. {#s4 i:greeting}

```troth
promise account collect "Name and e-mail for the account"
  may collect name, email-address for account-management
  may use name, email-address for account-management on contract
  prove collection-gate

promise erase erase "Erasure on request"
  when request-erase
    must erase all-of-subject within 30 days
      hold open-order: order-status in [open, unpaid]
  prove request-timeline
```
"""


def small(folder: Path, name: str = "policy.troth.md", *changes: tuple[str, str]) -> Path:
    """The small policy in a file, with words replaced; each must stand in it."""
    text = SMALL
    for old, new in changes:
        assert old in text, old
        text = text.replace(old, new)
    path = folder / name
    path.write_text(text, "utf-8")
    return path
