-- hera_internal.blocked_networks: where no webhook may go unless the platform allows the network.
-- IPv4: the special-purpose registry of IANA (RFC 6890 and its updates), multicast and reserved space.
-- IPv6: everything but global unicast (2000::/3), and within that Teredo and the other protocol assignments, documentation,
-- and 6to4, which can carry a private IPv4 address. NAT64 (64:ff9b::/96) and mapped IPv4 lie outside 2000::/3.
create or replace function hera_internal.blocked_networks()
returns cidr[]
language sql
immutable parallel safe
return array[
  '0.0.0.0/8', '10.0.0.0/8', '100.64.0.0/10', '127.0.0.0/8', '169.254.0.0/16', '172.16.0.0/12', '192.0.0.0/24',
  '192.0.2.0/24', '192.31.196.0/24', '192.52.193.0/24', '192.88.99.0/24', '192.168.0.0/16', '192.175.48.0/24',
  '198.18.0.0/15', '198.51.100.0/24', '203.0.113.0/24', '224.0.0.0/4', '240.0.0.0/4',
  '::/3', '2001::/23', '2001:db8::/32', '2002::/16', '3fff::/20', '4000::/2', '8000::/1']::cidr[];
grant execute on function hera_internal.blocked_networks() to hera_worker_owner;
comment on function hera_internal.blocked_networks() is 'Networks that webhooks may not reach by default.';
