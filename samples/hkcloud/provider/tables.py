"""What the two stores hold: accounts and the people around them, operations and what they bought."""

from __future__ import annotations

from samples.hkcloud.provider.schema import Table, read

_ACCOUNTS = """
policy_versions
  version text(10) key
  effective_at time !
  reason text(40) !
  text_sha256 text(64) !
staff
  id int key
  full_name text(80) !
  email text(120) ! unique
  role text(30) !
  joined_at time !
  left_at time
  access_closed_at time
  security_policy_accepted_at time
trainings
  id int key
  staff_id int ! -> staff.id
  course text(60) !
  attested_at time !
  expires_at time !
customers
  id int key
  brand text(3) !
  customer_no text(12) !
  kind text(8) !
  full_name text(80) !
  name_zh text(20)
  company text(100)
  email text(120) ! unique
  phone text(30)
  address text(160)
  city text(40)
  postal_code text(10)
  country text(2)
  language text(5) !
  is_minor bool !
  guardian_id int -> customers.id
  parent_id int -> customers.id
  referred_by int -> customers.id
  main_contact_id int -> contacts.id
  status text(10) !
  is_restricted bool !
  order_state text(10) !
  dispute_state text(10) !
  personalisation bool !
  marketing_opt_in bool !
  source text(20) !
  created_at time !
  last_login_at time
  closed_at time
  deleted_at time
  profile json
  unique (brand, customer_no)
  index (closed_at)
credentials
  customer_id int key -> customers.id
  password_hash text(120) !
  changed_at time !
  totp_secret text(80)
  reset_token text(64)
contacts
  id int key
  customer_id int ! -> customers.id
  purpose text(12) !
  full_name text(80)
  email text(120)
  phone text(30)
  created_at time !
  index (email)
devices
  id int key
  customer_id int ! -> customers.id
  channel text(8) !
  device_type text(10) !
  model text(40)
  os_version text(30)
  browser text(40)
  device_uuid text(36)
  imei text(15)
  mac_address text(17)
  first_seen_at time !
  last_seen_at time !
  index (first_seen_at)
sign_ins
  id int key
  customer_id int -> customers.id
  login_name text(120) !
  device_id int -> devices.id
  user_agent text(120)
  ip_address text(45) !
  network_operator text(40)
  connection_type text(10)
  country text(2)
  city text(40)
  result text(16) !
  signed_in_at time !
  index (signed_in_at)
  index (login_name)
sessions
  token_hash text(64) key
  customer_id int ! -> customers.id
  device_id int -> devices.id
  created_at time !
  expires_at time !
  revoked_at time
alerts
  id int key
  customer_id int ! -> customers.id
  sign_in_id int -> sign_ins.id
  kind text(30) !
  raised_at time !
  handled_by int -> staff.id
  handled_at time
  decision text(20)
consents
  id int key
  customer_id int ! -> customers.id
  purpose text(20) !
  state text(10) !
  channel text(20) !
  policy_version text(10) ! -> policy_versions.version
  given_at time
  withdrawn_at time
preferences
  customer_id int ! -> customers.id
  name text(30) !
  value text(60)
  updated_at time !
  key (customer_id, name)
cookies
  id int key
  customer_id int -> customers.id
  visitor_id text(36) !
  name text(30) !
  category text(12) !
  value text(80)
  set_at time !
  index (set_at)
page_views
  id int key
  customer_id int ! -> customers.id
  visitor_id text(36)
  path text(120) !
  referrer text(160)
  viewed_at time !
  index (viewed_at)
newsletter_subscribers
  id int key
  email text(120) !
  language text(5)
  subscribed_at time !
  unsubscribed_at time
  index (email)
tickets
  id int key
  number text(12) ! unique
  customer_id int -> customers.id
  requester_name text(80)
  requester_email text(120)
  kind text(12) !
  channel text(12) !
  subject text(120) !
  status text(10) !
  assigned_to int -> staff.id
  merged_into int -> tickets.id
  opened_at time !
  first_reply_at time
  closed_at time
  index (closed_at)
ticket_messages
  id int key
  ticket_id int ! -> tickets.id
  author_type text(8) !
  author_id int
  body long !
  ip_address text(45)
  sent_at time !
attachments
  id int key
  ticket_id int ! -> tickets.id
  kind text(20) !
  filename text(100) !
  content_sealed text(120)
  uploaded_at time !
notes
  id int key
  object_type text(10) !
  object_id int !
  body text(200) !
  written_by int -> staff.id
  written_at time !
  index (object_type, object_id)
identity_checks
  id int key
  ticket_id int ! -> tickets.id
  document_type text(12) !
  document_number text(80)
  result text(10) !
  checked_at time !
policy_acceptances
  customer_id int ! -> customers.id
  version text(10) ! -> policy_versions.version
  notified_at time
  first_use_at time
  key (customer_id, version)
messages_sent
  id int key
  customer_id int ! -> customers.id
  message_class text(14) !
  channel text(10) !
  address text(120)
  subject text(120) !
  sent_at time !
  delivered_at time
staff_accesses
  id int key
  staff_id int ! -> staff.id
  customer_id int ! -> customers.id
  purpose text(24) !
  read_table text(30) !
  read_at time !
incidents
  id int key
  case_number text(12) ! unique
  severity text(8) !
  summary text(160) !
  remedy text(160)
  detected_at time !
  contained_at time
incident_persons
  incident_id int ! -> incidents.id
  customer_id int ! -> customers.id
  told_at time
  key (incident_id, customer_id)
security_findings
  id int key
  severity text(8) !
  title text(120) !
  found_by text(20) !
  opened_at time !
  repaired_at time
"""

_OPERATIONS = """
billing_accounts
  id int key
  customer_id int ! unique
  billing_name text(100) !
  billing_email text(120)
  billing_address text(160)
  currency text(3) !
  opened_at time !
  closed_at time
servers
  id int key
  account_id int ! -> billing_accounts.id
  hostname text(63) !
  plan text(20) !
  region text(10) !
  ip_address text(45)
  os_image text(40)
  status text(10) !
  created_at time !
  ended_at time
  config json
  index (ended_at)
server_logins
  id int key
  server_id int ! -> servers.id
  user_name text(32) !
  ip_address text(45) !
  logged_in_at time !
  seconds int
  index (logged_in_at)
usage_samples
  server_id int !
  sampled_at time !
  cpu_percent num(5,2)
  memory_mb int
  disk_gb int
  traffic_in_bytes big
  traffic_out_bytes big
  key (server_id, sampled_at)
  index (sampled_at)
  months sampled_at
domain_contacts
  id int key
  account_id int ! -> billing_accounts.id
  handle text(12) ! unique
  full_name text(80) !
  organisation text(100)
  email text(120)
  phone text(30)
  street text(160)
  city text(40)
  country text(2)
  created_at time !
domains
  id int key
  account_id int ! -> billing_accounts.id
  name text(100) ! unique
  registrant_id int -> domain_contacts.id
  status text(12) !
  auto_renew bool !
  registered_at time !
  expires_at time !
  ended_at time
  index (ended_at)
dns_records
  id int key
  domain_id int ! -> domains.id
  name text(120) !
  type text(8) !
  content text(200) !
  updated_at time !
dns_changes
  id int key
  domain_id int ! -> domains.id
  changed_by text(120)
  ip_address text(45)
  action text(10) !
  old_value text(200)
  new_value text(200)
  changed_at time !
domain_operations
  id int key
  domain_id int ! -> domains.id
  operation text(14) !
  requested_by text(120)
  happened_at time !
domain_queries
  id int key
  account_id int ! -> billing_accounts.id
  query_name text(100) !
  ip_address text(45)
  asked_at time !
  index (asked_at)
domain_reminders
  id int key
  domain_id int ! -> domains.id
  days_before int !
  email text(120)
  sent_at time !
orders
  brand text(3) !
  order_no text(12) !
  account_id int ! -> billing_accounts.id
  status text(10) !
  total num(12,2) !
  currency text(3) !
  channel text(10) !
  remark text(160)
  placed_at time !
  completed_at time
  key (brand, order_no)
  index (completed_at)
order_items
  brand text(3) !
  order_no text(12) !
  line_no int !
  product text(30) !
  description text(120)
  server_id int -> servers.id
  domain_id int -> domains.id
  price num(12,2) !
  key (brand, order_no, line_no)
  refer (brand, order_no) -> orders (brand, order_no)
invoices
  id int key
  brand text(3) !
  order_no text(12) !
  invoice_no text(14) ! unique
  billed_name text(100) !
  billed_address text(160)
  amount num(12,2) !
  status text(10) !
  issued_at time !
  due_at time !
  refer (brand, order_no) -> orders (brand, order_no)
payment_methods
  id int key
  account_id int ! -> billing_accounts.id
  kind text(10) !
  card_number_sealed text(80)
  card_last4 text(4)
  card_expiry_sealed text(80)
  platform_account_sealed text(80)
  consent_at time
  added_at time !
  removed_at time
payments
  id int key
  invoice_id int ! -> invoices.id
  payment_method_id int -> payment_methods.id
  payer_name text(80)
  amount num(12,2) !
  status text(10) !
  processor_reference text(24)
  paid_at time !
shipments
  id int key
  brand text(3) !
  order_no text(12) !
  recipient text(80) !
  phone text(30)
  address text(160) !
  carrier text(30) !
  shipped_at time !
  refer (brand, order_no) -> orders (brand, order_no)
disputes
  id int key
  case_number text(12) ! unique
  brand text(3) !
  order_no text(12) !
  status text(10) !
  claim text(200)
  opened_at time !
  closed_at time
  refer (brand, order_no) -> orders (brand, order_no)
recommendations
  id int key
  account_id int ! -> billing_accounts.id
  item text(60) !
  based_on text(40) !
  shown_at time !
  clicked_at time
recipients
  id int key
  name text(80) !
  kind text(24) !
  purpose text(30) !
  agreement_signed_at time
  agreement_ends_at time
legal_requests
  id int key
  document_no text(20) ! unique
  authority text(80) !
  document text(20) !
  account_id int ! -> billing_accounts.id
  scope text(120) !
  decision text(12)
  approved_by text(80)
  received_at time !
  decided_at time
  notice_barred_until time
  person_told_at time
exports
  id int key
  recipient_id int -> recipients.id
  legal_request_id int -> legal_requests.id
  account_id int ! -> billing_accounts.id
  purpose text(24) !
  categories text(120) !
  case_number text(12)
  exported_at time !
event_log
  id big key
  account_id int -> billing_accounts.id
  level text(8) !
  message text(240) !
  happened_at time !
  index (happened_at)
"""

ACCOUNTS: dict[str, Table] = read(_ACCOUNTS)
OPERATIONS: dict[str, Table] = read(_OPERATIONS)
STORES: dict[str, dict[str, Table]] = {"accounts": ACCOUNTS, "operations": OPERATIONS}
