import { BlockList, isIP } from 'node:net';

/** IPv4 networks that are not the public internet (IANA special-purpose registry), and Azure's platform address. */
const notPublic4: readonly (readonly [string, number])[] = [
  ['0.0.0.0', 8], // unspecified, "this network"
  ['10.0.0.0', 8],
  ['100.64.0.0', 10], // carrier-grade NAT
  ['127.0.0.0', 8],
  ['168.63.129.16', 32], // Azure's wire server, reachable from every virtual machine
  ['169.254.0.0', 16], // link-local, with the metadata services
  ['172.16.0.0', 12],
  ['192.0.0.0', 24],
  ['192.0.2.0', 24],
  ['192.88.99.0', 24], // 6to4 relays
  ['192.168.0.0', 16],
  ['198.18.0.0', 15], // benchmarks
  ['198.51.100.0', 24],
  ['203.0.113.0', 24],
  ['224.0.0.0', 4], // multicast
  ['240.0.0.0', 4], // reserved, broadcast
];

/** Inside the one public IPv6 block, 2000::/3: what is not public, or carries an IPv4 address. */
const notPublic6: readonly (readonly [string, number])[] = [
  ['2001::', 23], // protocol assignments, with Teredo
  ['2001:db8::', 32],
  ['2002::', 16], // 6to4
  ['3fff::', 20],
];

const denied4 = listOf(notPublic4, 'ipv4');
const denied6 = listOf(notPublic6, 'ipv6');
const global6 = listOf([['2000::', 3]], 'ipv6');
const loopback4 = listOf([['127.0.0.0', 8]], 'ipv4');

function listOf(subnets: readonly (readonly [string, number])[], family: 'ipv4' | 'ipv6'): BlockList {
  const list = new BlockList();
  for (const [net, prefix] of subnets) list.addSubnet(net, prefix, family);
  return list;
}

/**
 * Whether an IP address (v4 or v6, text form) is on the public internet. False for private, link-local, loopback,
 * carrier-grade NAT, multicast, unspecified, documentation and metadata addresses, for every IPv6 form that wraps an
 * IPv4 address (mapped, NAT64, 6to4, Teredo), for zone ids, and for what is no address.
 */
export function isPublicAddress(address: string): boolean {
  if (address.includes('%')) return false;
  const family = isIP(address);
  if (family === 4) return !denied4.check(address, 'ipv4');
  return family === 6 && global6.check(address, 'ipv6') && !denied6.check(address, 'ipv6');
}

/** 127.0.0.0/8 and ::1 in its plain form. */
export function isLoopback(address: string): boolean {
  const family = isIP(address);
  return family === 4 ? loopback4.check(address, 'ipv4') : family === 6 && address === '::1';
}
