"""Print the e-mail addresses of four customers of the demo: one with data, one with an open order, two others.

python scripts/people.py ACCOUNTS.db
"""

from __future__ import annotations

import sqlite3
import sys

KINDS = (
    "order_state = 'none' and dispute_state = 'none' and status = 'active'",
    "order_state = 'unpaid'",
    "dispute_state = 'none' and status = 'active' and address is not null",
    "personalisation = 1 and status = 'active'",
)
"""What each of the four is chosen by."""


def main() -> None:
    """Print one address a line."""
    link = sqlite3.connect(sys.argv[1])
    taken: list[str] = []
    for kind in KINDS:
        # small samples lack some kinds: then anybody will do
        rows = link.execute(
            f"select email from customers where email like '%@%' and parent_id is null "  # noqa: S608 - our own words
            f"group by lower(email) having count(*) = 1 order by ({kind}) desc, id desc"
        )
        email = next(email for (email,) in rows if email == email.strip().lower() and email not in taken)
        taken.append(email)
    print("\n".join(taken))


if __name__ == "__main__":
    main()
