import { sign, verify } from 'node:crypto';
import { z } from 'zod';
import type { Services } from '../core/services';

/** What an access token of the emulator says. */
export const Claims = z.object({
  aud: z.string(),
  tid: z.string(),
  appid: z.string(),
  exp: z.number(),
  nbf: z.number(),
  /** Number of the token, for revocation over the control endpoint. */
  uti: z.string(),
});
export type Claims = z.infer<typeof Claims>;

/** A signed token for one audience, and its times in epoch seconds. */
export function issueToken(
  services: Services,
  subject: { tenant: string; client: string; audience: string },
): { token: string; notBefore: number; expiresOn: number; lifetime: number } {
  const { world, clock, signingKey } = services;
  const now = Math.floor(clock.now() / 1000);
  const lifetime = world.settings.switches.tokenLifetime;
  const notBefore = now - 300;
  const claims = {
    aud: subject.audience,
    iss: `https://sts.windows.net/${subject.tenant}/`,
    iat: notBefore,
    nbf: notBefore,
    exp: now + lifetime,
    appid: subject.client,
    appidacr: '1',
    idtyp: 'app',
    tid: subject.tenant,
    uti: String(++world.counters.token),
    ver: '1.0',
  };
  const encode = (value: unknown): string => Buffer.from(JSON.stringify(value)).toString('base64url');
  const head = encode({ typ: 'JWT', alg: 'RS256', x5t: signingKey.id, kid: signingKey.id });
  const signed = `${head}.${encode(claims)}`;
  const signature = sign('sha256', Buffer.from(signed), signingKey.privateKey).toString('base64url');
  return { token: `${signed}.${signature}`, notBefore, expiresOn: now + lifetime, lifetime };
}

/** Why a token is of no use. */
export type TokenFault = 'missing' | 'malformed' | 'expired' | 'audience' | 'revoked';

/** Checks the bearer token of a request against the emulator's key, clock and the audience that the service is. */
export function checkToken(
  services: Services,
  authorization: string | undefined,
  audience: string,
): { claims: Claims } | { fault: TokenFault } {
  if (authorization === undefined) return { fault: 'missing' };
  const match = /^Bearer ([\w-]+)\.([\w-]+)\.([\w-]+)$/i.exec(authorization);
  if (!match?.[2] || !match[3]) return { fault: 'malformed' };
  const signed = Buffer.from(`${match[1]}.${match[2]}`);
  if (!verify('sha256', signed, services.signingKey.publicKey, Buffer.from(match[3], 'base64url'))) {
    return { fault: 'malformed' };
  }
  const claims = Claims.parse(JSON.parse(Buffer.from(match[2], 'base64url').toString('utf8')));
  const now = services.clock.now() / 1000;
  if (claims.exp <= now || claims.nbf > now) return { fault: 'expired' };
  if (Number(claims.uti) < services.world.counters.firstValidToken) return { fault: 'revoked' };
  return claims.aud === audience ? { claims } : { fault: 'audience' };
}
