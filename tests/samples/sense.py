"""What would make no sense in the stores of the sample provider, as SQL that finds it; the second store is `o`."""

from __future__ import annotations

NONSENSE = {
    "sign-in before sign-up": "select count(*) from sign_ins s join customers c on c.id = s.customer_id"
    " where s.signed_in_at < c.created_at",
    "sign-in after the account was closed": "select count(*) from sign_ins s join customers c on c.id = s.customer_id"
    " where s.signed_in_at > c.closed_at",
    "sign-in on a device not yet seen": "select count(*) from sign_ins s join devices d on d.id = s.device_id"
    " where s.signed_in_at not between d.first_seen_at and d.last_seen_at",
    "sign-in on the device of somebody else": "select count(*) from sign_ins s join devices d on d.id = s.device_id"
    " where s.customer_id <> d.customer_id",
    "last sign-in differs from the log": "select count(*) from customers c where last_login_at <> (select"
    " max(signed_in_at) from sign_ins s where s.customer_id = c.id and result = 'ok')",
    "hardware number from a website": "select count(*) from devices where channel <> 'app'"
    " and (imei is not null or mac_address is not null)",
    "ticket outside the life of the account": "select count(*) from tickets t join customers c on c.id = t.customer_id"
    " where t.opened_at < c.created_at or t.opened_at > c.closed_at",
    "ticket that ends before it begins": "select count(*) from tickets where closed_at < opened_at"
    " or first_reply_at < opened_at or (status = 'open') <> (closed_at is null)",
    "message before its ticket": "select count(*) from ticket_messages m join tickets t on t.id = m.ticket_id"
    " where m.sent_at < t.opened_at or m.sent_at > coalesce(t.closed_at, '9999-12-31')",
    "ticket merged into that of somebody else": "select count(*) from tickets t join tickets m on m.id = t.merged_into"
    " where t.customer_id <> m.customer_id",
    "answer of somebody who left": "select count(*) from ticket_messages m join staff s on s.id = m.author_id"
    " where m.author_type = 'staff' and (m.sent_at < s.joined_at or m.sent_at > datetime(s.left_at, '+60 days'))",
    "consent withdrawn before it was given": "select count(*) from consents where withdrawn_at < given_at"
    " or (state = 'withdrawn') <> (withdrawn_at is not null)",
    "agreement to a version that was not there": "select count(*) from policy_acceptances a join policy_versions v"
    " on v.version = a.version where first_use_at < effective_at",
    "pages seen without consent": "select count(*) from page_views p where not exists (select 1 from consents c"
    " where c.customer_id = p.customer_id and c.purpose = 'analytics' and c.state = 'given')",
    "referred by a later customer": "select count(*) from customers where referred_by >= id or guardian_id >= id"
    " or parent_id >= id",
    "main contact of somebody else": "select count(*) from customers c join contacts k on k.id = c.main_contact_id"
    " where k.customer_id <> c.id",
    "closed before it was opened": "select count(*) from customers where closed_at < created_at"
    " or deleted_at < closed_at or (status = 'closed') <> (closed_at is not null)",
    "note about nothing": "select count(*) from notes n where (object_type = 'customer' and not exists (select 1 from"
    " customers c where c.id = object_id)) or (object_type = 'ticket' and not exists (select 1 from tickets t where t.id"
    " = object_id))",
    "account of nobody": "select count(*) from o.billing_accounts b left join customers c on c.id = b.customer_id"
    " where c.id is null or b.opened_at < c.created_at or b.closed_at is not c.closed_at",
    "usage outside the life of the server": "select count(*) from o.usage_samples u left join o.servers s"
    " on s.id = u.server_id where s.id is null or u.sampled_at < s.created_at or u.sampled_at > s.ended_at",
    "login outside the life of the server": "select count(*) from o.server_logins l join o.servers s on s.id = l.server_id"
    " where l.logged_in_at < s.created_at or l.logged_in_at > s.ended_at",
    "server without a paid order": "select count(*) from o.servers s where not exists (select 1 from o.order_items i"
    " join o.orders r using (brand, order_no) join o.invoices v using (brand, order_no) join o.payments p on"
    " p.invoice_id = v.id where i.server_id = s.id and r.completed_at <= s.created_at)"
    " and not hostname like 'farm-%'",
    "domain changed before it was registered": "select count(*) from o.dns_changes x join o.domains d on d.id = x.domain_id"
    " where x.changed_at < d.registered_at or x.changed_at > d.ended_at",
    "operation before the registration": "select count(*) from o.domain_operations x join o.domains d on d.id ="
    " x.domain_id where x.happened_at < d.registered_at or (x.operation <> 'transfer-out' and x.happened_at >= d.expires_at)",
    "reminder after the expiry": "select count(*) from o.domain_reminders x join o.domains d on d.id = x.domain_id"
    " where x.sent_at > d.expires_at or x.sent_at < d.registered_at",
    "order before sign-up or after the end": "select count(*) from o.orders r join o.billing_accounts b on b.id = r.account_id"
    " where r.placed_at < b.opened_at or r.completed_at < r.placed_at or r.completed_at > b.closed_at",
    "open order that is done": "select count(*) from o.orders where (status in ('open', 'unpaid')) <> (completed_at is null)",
    "payment before its invoice": "select count(*) from o.payments p join o.invoices v on v.id = p.invoice_id"
    " where p.paid_at < v.issued_at or v.status <> 'paid'",
    "payment with the card of somebody else": "select count(*) from o.payments p join o.invoices v on v.id = p.invoice_id"
    " join o.orders r using (brand, order_no) join o.payment_methods m on m.id = p.payment_method_id"
    " where m.account_id <> r.account_id or m.added_at > p.paid_at",
    "total that is not the sum": "select count(*) from o.orders r where abs(total - (select sum(price) from o.order_items i"
    " where i.brand = r.brand and i.order_no = r.order_no)) > 0.001",
    "dispute before delivery": "select count(*) from o.disputes d join o.orders r using (brand, order_no)"
    " where d.opened_at < r.completed_at or (d.status = 'open') <> (d.closed_at is null)",
    "copy of the state of orders that differs": "select count(*) from customers c where (order_state <> 'none') <> exists"
    " (select 1 from o.orders r join o.billing_accounts b on b.id = r.account_id where b.customer_id = c.id and r.status in"
    " ('open', 'unpaid'))",
    "copy of the state of disputes that differs": "select count(*) from customers c where (dispute_state = 'open') <> exists"
    " (select 1 from o.disputes d join o.orders r using (brand, order_no) join o.billing_accounts b on b.id = r.account_id"
    " where b.customer_id = c.id and d.status = 'open')",
    "parcel that left before the order was done": "select count(*) from o.shipments s join o.orders r using (brand, order_no)"
    " where s.shipped_at < r.completed_at",
    "export without a case or a decision": "select count(*) from o.exports e left join o.legal_requests l"
    " on l.id = e.legal_request_id where (e.purpose = 'support' and e.case_number is null) or"
    " (e.purpose = 'legal-compliance' and (l.decision is not 'granted' or e.exported_at < l.decided_at))",
    "export for a ticket that is not open": "select count(*) from o.exports e join tickets t on t.number = e.case_number"
    " where e.exported_at < t.opened_at or e.exported_at > t.closed_at",
}
