import { constants, createHash, verify, X509Certificate } from 'node:crypto';
import { z } from 'zod';
import type { Client } from '../core/model';
import {
  assertionOutOfTime,
  badAssertion,
  foreignAssertion,
  malformedAssertion,
  unfederated,
  wrongAssertionAudience,
  type EntraError,
} from './errors';

const Header = z.object({
  alg: z.enum(['RS256', 'PS256']),
  x5t: z.string().optional(),
  'x5t#S256': z.string().optional(),
});
const Payload = z.object({
  aud: z.union([z.string(), z.array(z.string())]),
  iss: z.string(),
  sub: z.string(),
  exp: z.number(),
  nbf: z.number().optional(),
});

/**
 * Checks a client assertion: signed by a registered certificate (found by its thumbprint), meant for this token
 * endpoint, issued by and for the client, within its time. Claims are *assumed* as in Entra's documentation.
 *
 * @returns undefined when it holds, else the error to answer
 */
export function checkAssertion(
  assertion: string,
  client: Client,
  audiences: readonly string[],
  now: number,
): EntraError | undefined {
  const parsed = parseAssertion(assertion);
  if (!parsed) return malformedAssertion();
  // Of another service: such a token is taken by its issuer and subject, never by a certificate.
  if (/^https?:/.test(parsed.payload.iss)) return unfederated(parsed.payload.iss);
  const certificate = client.certificates
    .map((pem) => new X509Certificate(pem))
    .find((c) => hasThumbprint(c, parsed.header));
  if (!certificate) {
    return badAssertion(
      `The certificate with identifier used to sign the client assertion is not registered on application. [Reason - The key was not found., Client application: '${client.id}']`,
    );
  }
  const key =
    parsed.header.alg === 'PS256'
      ? {
          key: certificate.publicKey,
          padding: constants.RSA_PKCS1_PSS_PADDING,
          saltLength: constants.RSA_PSS_SALTLEN_DIGEST,
        }
      : certificate.publicKey;
  if (!verify('sha256', Buffer.from(parsed.signed), key, parsed.signature)) {
    return badAssertion('Client assertion contains an invalid signature. [Reason - The key used is invalid.]');
  }
  return checkClaims(parsed.payload, client, audiences, now);
}

function checkClaims(
  claims: z.infer<typeof Payload>,
  client: Client,
  audiences: readonly string[],
  now: number,
): EntraError | undefined {
  const same = (text: string): boolean => text.toLowerCase() === client.id.toLowerCase();
  if (!same(claims.iss) || !same(claims.sub)) return foreignAssertion();
  if (![claims.aud].flat().some((audience) => audiences.includes(audience))) return wrongAssertionAudience();
  const seconds = now / 1000;
  if (claims.exp <= seconds || (claims.nbf ?? 0) > seconds + 300) return assertionOutOfTime();
  return undefined;
}

function hasThumbprint(certificate: X509Certificate, header: z.infer<typeof Header>): boolean {
  const thumbprint = (hash: string): string => createHash(hash).update(certificate.raw).digest('base64url');
  if (header['x5t#S256'] !== undefined) return thumbprint('sha256') === header['x5t#S256'];
  return thumbprint('sha1') === header.x5t?.replaceAll('+', '-').replaceAll('/', '_').replace(/=+$/, '');
}

function parseAssertion(assertion: string) {
  const [head, body, signature] = assertion.split('.');
  if (!head || !body || !signature) return undefined;
  try {
    const decode = (part: string): unknown => JSON.parse(Buffer.from(part, 'base64url').toString('utf8'));
    return {
      header: Header.parse(decode(head)),
      payload: Payload.parse(decode(body)),
      signed: `${head}.${body}`,
      signature: Buffer.from(signature, 'base64url'),
    };
  } catch {
    return undefined;
  }
}
