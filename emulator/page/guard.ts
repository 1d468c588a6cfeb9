import type { FastifyInstance, FastifyRequest } from 'fastify';

/** Names under which a browser on this machine knows the emulator; also those in its certificate. */
const OWN_NAMES = new Set(['localhost', '127.0.0.1', '[::1]']);

/**
 * Keeps web pages of others away from the control endpoint and the page. They reach loopback through the browser of
 * whoever runs the emulator: by a name of their own that leads here (DNS rebinding, seen in `Host`), or by a request that
 * they may send but not read (seen in `Sec-Fetch-Site` or `Origin`). Programs send neither of those, and are let in.
 */
export function keepStrangersOut(app: FastifyInstance): void {
  app.addHook('onRequest', async (request, reply) => {
    if (!isOwn(request)) return;
    const refusal = hostRefusal(request) ?? siteRefusal(request);
    if (refusal !== undefined) await reply.code(403).send({ message: refusal });
  });
  app.addHook('onSend', async (request, reply) => {
    if (!isOwn(request)) return;
    reply.headers({ 'x-content-type-options': 'nosniff', 'cross-origin-resource-policy': 'same-origin' });
  });
}

/** Whether a request is for the emulator itself, by the route that it met: an address can be spelled in many ways. */
function isOwn({ routeOptions }: FastifyRequest): boolean {
  return /^\/(control|page)?(\/|$)/.test(routeOptions.url ?? '');
}

function hostRefusal({ headers }: FastifyRequest): string | undefined {
  const name = (headers.host ?? '').toLowerCase().replace(/:\d+$/, '');
  if (OWN_NAMES.has(name)) return undefined;
  return `The emulator's own pages are at localhost, 127.0.0.1 and [::1], not at "${name}"`;
}

function siteRefusal({ method, headers, raw }: FastifyRequest): string | undefined {
  if (method === 'GET' || method === 'HEAD') return undefined;
  const site = headers['sec-fetch-site'];
  const origin = `${'encrypted' in raw.socket ? 'https' : 'http'}://${headers.host ?? ''}`;
  const fromHere = site === undefined || site === 'same-origin' || site === 'none';
  if (fromHere && (headers.origin ?? origin).toLowerCase() === origin.toLowerCase()) return undefined;
  return 'Another web page may not control the emulator';
}
