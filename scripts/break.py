"""Break promises by hand, as an accident or an intruder would: the next report has to say so.

python scripts/break.py ACCOUNTS.db OPERATIONS.db
"""

from __future__ import annotations

import sqlite3
import sys


def main() -> None:
    """Put an old row back, store a password in clear, and say what was done."""
    accounts, operations = (sqlite3.connect(path) for path in sys.argv[1:3])
    with accounts:
        accounts.execute(
            "update credentials set password_hash = 'letmein' where customer_id = (select max(customer_id) from credentials)"
        )
        accounts.execute(
            "update sign_ins set signed_in_at = '2015-01-01 00:00:00' where id in (select id from sign_ins limit 3)"
        )
    with operations:
        operations.execute(
            "update orders set completed_at = '2015-01-01 00:00:00' where order_no in "
            "(select order_no from orders where completed_at is not null limit 1)"
        )
    print("a password stands in clear; three sign-ins and an order are older than their period")


if __name__ == "__main__":
    main()
