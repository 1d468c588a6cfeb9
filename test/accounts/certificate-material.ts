import 'reflect-metadata'; // @peculiar/x509 asks for it to be there first
import { webcrypto } from 'node:crypto';
import { cryptoProvider, PemConverter, X509CertificateGenerator } from '@peculiar/x509';
import forge from 'node-forge';

/** A certificate for signing in, in the forms in which Key Vault may hold it. */
export interface CertificateMaterial {
  /** For the Entra application. */
  readonly certificate: string;
  readonly pem: string;
  readonly notAfter: Date;
  /** PKCS#12 in base64, without a password. */
  readonly pkcs12: () => string;
}

/** Makes an RSA key and a certificate for it. */
export async function makeCertificate(): Promise<CertificateMaterial> {
  cryptoProvider.set(webcrypto);
  const algorithm = {
    name: 'RSASSA-PKCS1-v1_5',
    hash: 'SHA-256',
    modulusLength: 2048,
    publicExponent: new Uint8Array([1, 0, 1]),
  };
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const notAfter = new Date('2031-01-02T03:04:05Z');
  const made = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=contoso-publisher',
    notBefore: new Date('2026-01-01T00:00:00Z'),
    notAfter,
    signingAlgorithm: algorithm,
    keys,
  });
  const certificate = `${made.toString('pem')}\n`;
  const key = `${PemConverter.encode(await webcrypto.subtle.exportKey('pkcs8', keys.privateKey), 'PRIVATE KEY')}\n`;
  return { certificate, pem: key + certificate, notAfter, pkcs12: () => pack(key, certificate) };
}

function pack(key: string, certificate: string): string {
  const { pki, pkcs12, asn1, util } = forge;
  const options = { algorithm: '3des' } as const;
  const packed = pkcs12.toPkcs12Asn1(pki.privateKeyFromPem(key), [pki.certificateFromPem(certificate)], '', options);
  return util.encode64(asn1.toDer(packed).getBytes());
}
