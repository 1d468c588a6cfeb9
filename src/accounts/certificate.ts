import { createPrivateKey, X509Certificate } from 'node:crypto';
import { AccountError } from './errors';

/** A certificate with its key, as PEM, and until when it is valid. */
export interface Certificate {
  /** Private key (PKCS#8) and certificates, leaf first. */
  readonly pem: string;
  readonly expiresOn: Date;
}

const certificateBlock = /-----BEGIN CERTIFICATE-----[\s\S]+?-----END CERTIFICATE-----/g;
const keyBlock = /-----BEGIN (?:RSA )?PRIVATE KEY-----[\s\S]+?-----END (?:RSA )?PRIVATE KEY-----/;

/**
 * Reads what Key Vault holds of a certificate: PEM, or PKCS#12 in base64 without a password, as it exports them.
 * @throws AccountError `certificate-unreadable`, without a trace of what was read.
 */
export async function readCertificate(value: string, secretName: string): Promise<Certificate> {
  try {
    const { key, certificates } = value.includes('-----BEGIN') ? fromPem(value) : await fromPkcs12(value);
    return assemble(key, certificates);
  } catch {
    throw new AccountError('certificate-unreadable', { secretName });
  }
}

interface Parts {
  readonly key: string;
  readonly certificates: readonly string[];
}

function fromPem(text: string): Parts {
  // Some tools store the line ends of a PEM as the two characters \n.
  const pem = text.replaceAll('\\n', '\n');
  const key = keyBlock.exec(pem)?.[0];
  if (key === undefined) throw new Error('no private key');
  return { key, certificates: pem.match(certificateBlock) ?? [] };
}

async function fromPkcs12(base64: string): Promise<Parts> {
  const { default: forge } = await import('node-forge');
  const { oids } = forge.pki;
  const p12 = forge.pkcs12.pkcs12FromAsn1(forge.asn1.fromDer(forge.util.decode64(base64)), '');
  const bagsOf = (type: string) => p12.getBags({ bagType: type })[type] ?? [];
  const keyBag = [...bagsOf(oids['pkcs8ShroudedKeyBag'] ?? ''), ...bagsOf(oids['keyBag'] ?? '')][0];
  if (keyBag?.key === undefined || keyBag.key === null) throw new Error('no RSA key');
  const certificates = bagsOf(oids['certBag'] ?? '').flatMap(({ cert }) =>
    cert ? [forge.pki.certificateToPem(cert)] : [],
  );
  return { key: forge.pki.privateKeyToPem(keyBag.key), certificates };
}

/** Puts the certificate that belongs to the key first: Entra ID is shown its thumbprint. */
function assemble(keyText: string, texts: readonly string[]): Certificate {
  const key = createPrivateKey(keyText);
  const all = texts.map((text) => new X509Certificate(text));
  const leaf = all.find((certificate) => certificate.checkPrivateKey(key));
  if (leaf === undefined) throw new Error('no certificate of this key');
  const chain = [leaf, ...all.filter((certificate) => certificate !== leaf)];
  const pem = [
    key.export({ type: 'pkcs8', format: 'pem' }).toString(),
    ...chain.map((certificate) => certificate.toString()),
  ].join('\n');
  return { pem, expiresOn: new Date(leaf.validTo) };
}
