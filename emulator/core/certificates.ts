import 'reflect-metadata';
import {
  AuthorityKeyIdentifierExtension,
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';
import { randomBytes, webcrypto } from 'node:crypto';
import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

const EC = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const DAY = 86_400_000;

/** What the HTTPS listener needs, and where its certificate authority lies. */
export interface ServerCertificate {
  readonly key: string;
  readonly cert: string;
  /** Path of the authority's certificate, PEM. */
  readonly caFile: string;
}

interface Authority {
  readonly certificate: X509Certificate;
  readonly key: webcrypto.CryptoKey;
}

/**
 * A certificate for localhost, signed by the emulator's own authority. The authority is made on the first run and kept
 * in `directory`; the certificate itself is made anew at each start and never written to disk.
 */
export async function serverCertificate(directory: string): Promise<ServerCertificate> {
  const caFile = join(directory, 'ca.pem');
  const authority = await openAuthority(caFile, join(directory, 'ca-key.pem'));
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.create({
    serialNumber: serialNumber(),
    subject: 'CN=localhost',
    issuer: authority.certificate.subject,
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + 395 * DAY),
    signingAlgorithm: EC,
    publicKey: keys.publicKey,
    signingKey: authority.key,
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      await AuthorityKeyIdentifierExtension.create(authority.certificate.publicKey),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage.serverAuth]),
      new SubjectAlternativeNameExtension([
        { type: 'dns', value: 'localhost' },
        { type: 'ip', value: '127.0.0.1' },
        { type: 'ip', value: '::1' },
      ]),
    ],
  });
  return { key: await exportKey(keys.privateKey), cert: certificate.toString('pem'), caFile };
}

async function openAuthority(caFile: string, keyFile: string): Promise<Authority> {
  if (!existsSync(caFile)) await createAuthority(caFile, keyFile);
  const der = Buffer.from(readFileSync(keyFile, 'utf8').replace(/-----[^-]+-----|\s/g, ''), 'base64');
  return {
    certificate: new X509Certificate(readFileSync(caFile, 'utf8')),
    key: await webcrypto.subtle.importKey('pkcs8', der, EC, false, ['sign']),
  };
}

async function createAuthority(caFile: string, keyFile: string): Promise<void> {
  const keys = await generateKeys();
  const certificate = await X509CertificateGenerator.createSelfSigned({
    serialNumber: serialNumber(),
    // A name of its own, so that a process that trusts several emulators tells them apart.
    name: `CN=Partner Center emulator ${randomBytes(6).toString('hex')}`,
    notBefore: new Date(Date.now() - DAY),
    notAfter: new Date(Date.now() + 3650 * DAY),
    signingAlgorithm: EC,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  // The certificate last and by rename: where it is, its key is too.
  writeFileSync(keyFile, await exportKey(keys.privateKey), { mode: 0o600 });
  writeFileSync(`${caFile}.new`, certificate.toString('pem'));
  renameSync(`${caFile}.new`, caFile);
}

async function generateKeys(): Promise<webcrypto.CryptoKeyPair> {
  return webcrypto.subtle.generateKey(EC, true, ['sign', 'verify']);
}

async function exportKey(key: webcrypto.CryptoKey): Promise<string> {
  const der = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key)).toString('base64');
  return `-----BEGIN PRIVATE KEY-----\n${der.replace(/(.{64})/g, '$1\n').trimEnd()}\n-----END PRIVATE KEY-----\n`;
}

/** Positive and at most 20 bytes, as RFC 5280 asks. */
function serialNumber(): string {
  return `00${randomBytes(15).toString('hex')}`;
}
