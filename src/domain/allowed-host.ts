/** The parts of an address that the rule looks at, as `URL` has them. */
interface Place {
  readonly hostname: string;
  /** Empty = that of the protocol. */
  readonly port: string;
}

/**
 * Whether an entry of the allowed hosts holds for an address: `packages.contoso.com` exactly, `*.contoso.com` for every
 * name below it and not for itself, each with `:port` unless that is 443.
 *
 * @param anyPort the port makes no difference; for tests on one machine only
 */
export function isAllowedHost(entry: string, { hostname, port }: Place, anyPort: boolean): boolean {
  // An IPv6 entry is written in brackets, so the last colon is a port's only behind them.
  const [, host = '', itsPort = ''] = /^(.*?)(?::(\d+))?$/.exec(entry.toLowerCase()) ?? [];
  if (port !== itsPort && !anyPort) return false;
  return host.startsWith('*.') ? hostname.endsWith(host.slice(1)) && hostname.length >= host.length : hostname === host;
}
